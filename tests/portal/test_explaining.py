"""Terms explained in place, and where totals of several documents come from."""

import re

from django.utils.timezone import localtime
from msgspec.structs import replace
from published import text_of
from sidebyside import beside

from disclosure.content import Block
from portal.explaining import terms_of, with_terms

PAGE = "/130303/2022/203/"


def with_glossary(content, *lines):
    """Give a document another glossary."""
    blocks = (Block(list=lines),)
    return replace(
        content,
        sections=tuple(replace(one, blocks=blocks) if one.key == "glossary" else one for one in content.sections),
    )


def test_the_terms_of_a_document_are_read(document):
    content = with_glossary(
        document.content, "1.事业收入：说明甲。", "没有说明的一行", "（二）经营收入：说明乙：又一句。"
    )

    assert terms_of(content) == [("事业收入", "说明甲。"), ("经营收入", "说明乙：又一句。")]


def test_a_term_is_explained_below_its_first_use_only(document):
    content = with_glossary(document.content, "甲词：<b>解释</b>。", "甲词长：另一个。")
    article = "<p>没有。</p><figure><p>甲词</p></figure><p>甲词长和甲词。</p><p>又是甲词。</p>"

    said = with_terms(article + '<section id="glossary"><p>甲词</p></section>', content)

    assert said.count("<details") == 1
    assert said.index("<p>甲词长和甲词。</p>\n<details") < said.index("<p>又是甲词。</p><section")
    assert "<dd>&lt;b&gt;解释&lt;/b&gt;。</dd>" in said
    assert "<dt>甲词长</dt>" in said


def test_a_document_without_a_glossary_stays_as_it_is(document):
    assert with_terms("<p>甲词</p>", with_glossary(document.content)) == "<p>甲词</p>"


def test_the_page_explains_terms_that_a_keyboard_can_open(client, edition):
    page = client.get(PAGE).content.decode()

    notes = re.findall(r'<details class="term-note"><summary>名词解释：([^<]+)</summary>', page)
    assert notes
    assert len(notes) == len(set(notes))


def test_a_total_of_several_documents_says_where_it_comes_from(client, edition):
    beside(edition)

    drilled, board, compared = (
        text_of(client.get(f"/130303/{one}"))
        for one in ("2022/functions/20132/", "three-public/", "compare/?d=203&d=204")
    )

    day = f"{localtime(edition.published_at).year}年{localtime(edition.published_at).month}月"
    assert "组织事务：这个数怎么来的各部门公开的“组织事务”逐个相加" in drilled
    assert f"由2份公开文件得出：山海关区组织部门（2022年）574.64部门预算支出总表，第1版，{day}" in drilled
    assert f"山海关区组织部门（2022年）11.31部门预算财政拨款“三公”经费支出表，第1版，{day}" in board
    assert "这些数怎么来的预算支出本年度安排的全部支出" in compared


def test_a_project_says_where_its_money_is_from(client, edition):
    text = text_of(client.get("/130303/projects/13030321GZV93HM6A1HA2/"))

    assert "项目当年安排的全部资金，各年分别取自当年公开的文件。口径：年初预算" in text
    assert "由1份公开文件得出：山海关区组织部门（2022年）" in text


def test_a_department_leads_to_its_government_and_to_who_spends(client, edition):
    beside(edition)

    page = client.get(PAGE).content.decode()

    assert '<a href="/130303/2022/">谁在花' in page
    assert '<a href="/130303/">山海关区</a>' in page
