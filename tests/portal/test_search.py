"""Search by the public: what is found first, what is never found, what is said where nothing is."""

import re
from html import unescape

import pytest
from django.test.utils import override_script_prefix
from published import an_edition, text_of, withdraw
from walking import edited, opened, withdrawn

from disclosure import searching
from disclosure.document import Document
from disclosure.models import Disclosure, Narrative, SearchEntry
from disclosure.sample.government import Plan, make_government
from disclosure.searching.entries import Entry
from disclosure.searching.index import put
from portal.answering import Answer
from portal.asking import Question
from portal.finding import find
from portal.shelves import Shelf

pytestmark = pytest.mark.django_db

FIRST = {
    # departments and units: names, parts of names, codes, initials
    "山海关区组织部门": "department 203",
    "组织部": "department 203",
    "组织部门": "department 203",
    "山海关": "department 203",
    "203": "department 203",
    "shgqzzbm": "department 203",
    "zzb": "department 203",
    "ZZBM": "department 203",
    "区委组织部": "unit 203001",
    "203001": "unit 203001",
    "203003": "unit 203003",
    "老干部服务中心": "unit 203003",
    "社区建设": "unit 203002",
    "lgb": "unit 203003",
    "住房和公用事业局": "department 101",
    "示例住房": "department 101",
    "101": "department 101",
    "建设职业技术学院": "unit 101002",
    "zfhgysyj": "department 101",
    # projects: name, code, purpose, goals, indicators
    "车辆保险费": "project 13030322P003970100068",
    "13030322P003970100068": "project 13030322P003970100068",
    "13030322p00397": "project 13030322P003970100068",
    "老年大学": "project 13030322P004015100014",
    "离休干部医药费": "project 13030322P004012100013",
    "大督查": "project 13030322P00401010001P",
    "选调生": "project 13030321P003964100017",
    "教务教学": "project 13030322P004015100014",
    "校园文化": "project 13030322P004015100014",
    "投保车辆数": "project 13030322P003970100068",
    "优秀学员比率": "project 13030322P004015100014",
    "实报实销": "project 13030322P004012100013",
    "人才": "project 13030322P00400910001K",
    "远程教育": "project 13030322P004007100018",
    "市政道路养护": "project 99000722PLDE2ZKUKE3TD",
    # codes
    "2013202": "code 2013202",
    "一般行政管理事务": "code 2013202",
    "组织事务": "code 20132",
    "30201": "code 30201",
    "办公费": "code 30201",
    "３０２０１": "code 30201",
    "培训支出": "code 2050803",
    "水费": "code 30205",
    "接待费": "code 30217",
    "公务接待费": "code 30217",
    "城管执法": "code 2120104",
    "污水处理": "code 21214",
    "维修(护)费": "code 30213",
    "奖金": "code 30103",
    "因公出国（境）费用": "code 30212",
    # tables, sections, terms
    "表五": "table 表五",
    "三公经费支出表": "table 表九",
    "固定资产占用": "table table-assets",
    "国有资产信息": "section assets",
    "政府采购预算情况": "section procurement",
    "名词解释": "section glossary",
    "党组织建设": "project 13030322P00400310001H",
    "联席会议": "section duties",
    "综合预算制度": "section overview",
    "三公经费": "term “三公”经费",
    "机关运行经费": "term 机关运行经费",
    "上年结转": "term 上年结转",
    "利息收入": "term 其他收入",
    # several words
    "组织部 接待费": "code 30217",
    "山海关 老年 大学": "project 13030322P004015100014",
    "车辆 保险 2022": "project 13030322P003970100068",
    "2022年 区委组织部": "unit 203001",
    # one character
    "费": "project 13030322P003970100068",
}
"""Each question with its first hit: the kind, and the code or else the place on the page."""


@pytest.fixture
def second(edition):
    """A second department, synthetic, published beside the sample."""
    government = make_government(Plan(departments=1, years=1, seed=7, units=2))
    draft = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    published = an_edition(draft, Document.of(draft).content, edition.published_by)
    searching.add(published, Document.of_edition(published).content)
    return published


def answered(words: str, **filters) -> Answer:
    question = Question(words, **filters)
    return Answer.to(question, Shelf.read(question))


def shown_as(entry: SearchEntry) -> str:
    return f"{entry.kind} {entry.code or (entry.title if entry.kind == 'term' else entry.anchor)}"


def first(words: str) -> str:
    hits = answered(words).hits
    return shown_as(hits[0].entry) if hits else "nothing"


def page(client, **asked) -> str:
    return client.get("/search/", asked).content.decode()


@pytest.mark.usefixtures("second")
def test_sixty_questions_have_their_first_hit():
    assert len(FIRST) >= 60
    assert {words: first(words) for words in FIRST} == FIRST


@pytest.mark.usefixtures("second")
@pytest.mark.parametrize(
    "words", ["费", "办公", "经费", "办公费", "20", "p00", "一般公共预算", "费、水", "（境）费", "a"]
)
def test_whatever_a_scan_finds_is_found_and_nothing_else(words):
    [term] = Question(words).terms
    scanned = SearchEntry.objects.filter(words__contains=term).count()

    found = answered(words)

    pages = [answered(words, page=number).hits for number in range(1, found.pages + 1)]
    numbers = [hit.entry.number for hits in pages for hit in hits]
    assert (len(numbers), len(set(numbers)), found.total) == (scanned, scanned, scanned)
    assert [hit.entry.title for hits in pages for hit in hits if term not in hit.entry.words] == []


def test_exact_names_come_before_beginnings_names_and_texts():
    hits = [hit.entry for hit in answered("培训费").hits]

    assert hits[0].title == "培训费"
    in_names = ["培训费" in hit.title for hit in hits]
    assert in_names == sorted(in_names, reverse=True)
    assert in_names.count(False) > 0


def test_a_hit_says_where_it_stands_and_leads_there(client):
    found = page(client, q="投保车辆数")

    assert '<a href="/130303/2022/203/#table-goal-13030322P003970100068">车辆保险费</a>' in found
    assert "<mark>投保车辆数</mark>" in found
    assert "2022年 · 山海关区组织部门 · 1. 车辆保险费绩效目标表" in found
    assert "预算数1.20万元" in found


def test_quotation_marks_need_not_be_typed_and_are_marked(client):
    assert "<mark>三公”经费</mark>" in page(client, q="三公经费")


def test_initials_are_shown_where_nothing_else_answers(client):
    assert "拼音首字母：shgq<mark>zzb</mark>m" in page(client, q="zzb")


@pytest.mark.usefixtures("second")
def test_filters_stand_in_the_address(client):
    every = answered("经费")
    projects = answered("经费", kind="project")
    there = answered("经费", government="130303")

    assert {hit.entry.kind for hit in projects.hits} == {"project"}
    assert {hit.entry.edition.government_code for hit in there.hits} == {"130303"}
    assert 0 < projects.total < every.total == projects.unfiltered
    offered = page(client, q="经费", kind="project")
    assert f'<strong aria-current="true">项目 {projects.total}</strong>' in offered
    assert f">全部 {every.total}</a>" in offered
    assert f"不限条件有{every.total}条" in offered


@pytest.mark.usefixtures("second")
def test_what_a_filter_promises_is_what_it_gives():
    for choices in (one.choices for one in answered("支出").filters):
        for choice in choices:
            asked = dict(pair.split("=") for pair in choice.address.split("&"))
            kind, government = asked.get("kind", ""), asked.get("government", "")
            assert answered("支出", kind=kind, government=government).total == choice.count


def test_a_year_without_editions_has_nothing(client):
    found = page(client, q="办公费", year="2019")

    assert "没有找到“办公费”" in found
    assert "不限条件有2条" in found


def test_pages_follow_one_another(client):
    found = page(client, q="费", page="2")

    assert "这里是第21至40条" in found
    assert '<a rel="prev" href="?q=%E8%B4%B9">上一页</a>' in found
    assert '<a rel="next" href="?q=%E8%B4%B9&amp;page=3">下一页</a>' in found


@pytest.mark.parametrize(("asked", "shown"), [("99", 3), ("0", 1), ("-1", 1), ("x", 1), ("9" * 30, 1)])
def test_a_page_that_does_not_exist_is_the_nearest(client, asked, shown):
    assert f"<span>第{shown}页，共3页</span>" in page(client, q="费", page=asked)


@pytest.mark.parametrize("bad", [{"kind": "nothing"}, {"year": "abcd"}, {"government": "1' OR 1=1"}, {"year": "0"}])
def test_a_filter_that_does_not_exist_is_none(client, bad):
    assert "“办公费”共找到2条" in page(client, q="办公费", **bad)


def test_an_empty_question_says_what_can_be_asked(client):
    response = client.get("/search/")

    assert response.status_code == 200
    assert "最多60个字" in response.content.decode()
    assert "山海关区2022年" in response.content.decode()


def test_a_question_that_is_too_long_is_refused_in_words(client):
    response = client.get("/search/", {"q": "长" * 61})

    assert response.status_code == 400
    assert "最多搜索60个字，您输入了61个字，没有搜索。" in text_of(response)


def test_nothing_found_says_what_was_searched_and_what_helps(client):
    found = page(client, q="公务接待支出情况表")

    assert "没有找到“公务接待支出情况表”" in found
    assert "已在1份现行公开文件" in found
    assert ">公务</a>、" in found
    assert '<a href="/130303/2022/">山海关区2022年</a>' in found
    assert ">上年结转</a>" in found


@pytest.mark.parametrize("words", ["。，、", "%", "_", "'", '"', "\\", "--", "<>", "％＿", "😀", "“”"])
def test_what_has_no_letters_is_not_looked_for(client, words):
    response = client.get("/search/", {"q": words})

    assert response.status_code == 400
    assert "没有汉字、字母或数字，没有搜索" in response.content.decode()


@pytest.mark.parametrize(
    "words",
    [
        "' OR '1'='1",
        "费%' --",
        "办_费",
        "办%费",
        "1; DROP TABLE disclosure_searchentry",
        "费\\",
        "a" * 60,
        "办\x00公\x01费\x7f",
        " ".join("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉"),
        "{{ settings.SECRET_KEY }}",
        "%00%27",
        "𠮷野",
        "\u202e费用",
        "select * from auth_user",
    ],
)
def test_hostile_questions_are_only_words(client, words):
    response = client.get("/search/", {"q": words})

    assert response.status_code == 200
    assert SearchEntry.objects.exists()


def test_wild_cards_stand_for_themselves():
    assert [answered(words).total for words in ("办%费", "办_费", "办公费")] == [0, 0, 2]


def test_markup_is_shown_and_not_obeyed(client):
    found = page(client, q="<script>alert(1)</script>费")

    assert "<script" not in found
    assert "&lt;script&gt;alert(1)&lt;/script&gt;费" in found


def test_markup_in_what_is_found_is_shown_and_not_obeyed(client, edition):
    searching.remove(edition)
    put(edition, [Entry("project", "车辆<b>保险</b>费", body="投保<i>")])

    found = page(client, q="<b>保险")

    assert "车辆<mark>&lt;b&gt;保险</mark>&lt;/b&gt;费" in found


def test_what_was_withdrawn_is_not_found(client, edition):
    withdrawn(edition)

    assert "没有找到" in page(client, q="车辆保险费")
    assert "车辆保险费" not in page(client, q="组织部")


def test_what_was_withdrawn_is_not_found_even_by_an_index_left_behind(client, edition):
    withdraw(edition)

    assert SearchEntry.objects.filter(edition=edition).exists()
    assert "没有找到" in page(client, q="车辆保险费")
    assert "上年结转" not in page(client)


def test_what_was_corrected_is_found_as_it_is_now(client, disclosure):
    text = Narrative.objects.filter(disclosure=disclosure, key="other_matters")
    edited(disclosure, lambda: text.update(text="全年接待来访三千余人次。"))
    edited(disclosure, lambda: text.update(text="全年接待来访四千余人次。"))

    assert [answered(words).total for words in ("三千余人次", "四千余人次")] == [0, 1]


def test_drafts_are_not_found(disclosure):
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="全年接待来访三千余人次。")

    assert answered("三千余人次").total == 0


@pytest.mark.parametrize(
    ("words", "queries"),
    [("费", 6), ("办公费", 7), ("一般公共预算财政拨款", 7), ("组织部 接待费", 6), ("没有这个词汇", 8)],
)
def test_the_number_of_queries_does_not_depend_on_what_is_found(
    client, edition, django_assert_num_queries, words, queries
):
    with django_assert_num_queries(queries):
        client.get("/search/", {"q": words})

    government = make_government(Plan(departments=2, years=1, seed=7, units=2))
    for draft in Disclosure.objects.filter(budget__fiscal_year__government=government, unit=None):
        published = an_edition(draft, Document.of(draft).content, edition.published_by)
        searching.add(published, Document.of_edition(published).content)
    several_governments = 1 if words in ("费", "办公费", "一般公共预算财政拨款") else 0
    with django_assert_num_queries(queries + several_governments):
        client.get("/search/", {"q": words})


@pytest.mark.parametrize(
    "address", ["/", "/130303/", "/130303/2022/", "/130303/2022/203/", "/rules/", "/verify/", "/none/"]
)
def test_every_page_has_the_box(client, address):
    found = client.get(address).content.decode()

    assert '<form class="search" role="search" method="get" action="/search/"' in found
    assert re.search(r'<label(?: class="visually-hidden")? for="search(?:-all)?">', found)


def test_addresses_keep_the_prefix_of_the_site(client):
    with override_script_prefix("/yusuan/"):
        found = client.get("/search/", {"q": "办公费"}).content.decode()

    assert 'action="/yusuan/search/"' in found
    links = [unescape(link) for link in re.findall(r'href="([^"]+)"', found) if not link.startswith("/static/")]
    assert [link for link in links if not link.startswith(("/yusuan/", "?", "#"))] == []


def test_only_questions_are_answered(client):
    assert client.post("/search/", {"q": "费"}).status_code == 405


def test_terms_of_the_publisher_narrow_instead_of_being_looked_for(second):
    [held] = {one.sheet.edition for one in find(Shelf.read(), ["示例住房", "接待费"])}

    assert held == second.pk
