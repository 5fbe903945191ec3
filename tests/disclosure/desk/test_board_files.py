"""Missing files on the board: named with the reason, added by whoever may, and the trail knows by whom."""

import re

import pytest
from boarded import a_year, post_in
from django.urls import reverse
from published import an_edition, text_of, withdraw

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure.board.inspection import facts_of
from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.models import RenderingFailure
from disclosure.render import RENDERERS

LATER = (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX)


@pytest.fixture
def lacking(edition, monkeypatch):
    """A newest edition with nothing but page and data; the rest costs nothing to draw."""
    for form in LATER:
        monkeypatch.setitem(RENDERERS, form, lambda document: document.sha256.encode())
    content = Document.of_edition(edition).content
    return an_edition(edition.disclosure, content, edition.published_by, edition)


@pytest.fixture
def year(lacking):
    return lacking.disclosure.budget.fiscal_year


@pytest.fixture
def publisher(year):
    return post_in(year.government, Role.PUBLISHER)


def board(client, year) -> str:
    return text_of(client.get(reverse("board", args=[year.pk])))


def pressed(client, year, edition, query: str = ""):
    return client.post(reverse("board_complete", args=[year.pk, edition.pk]) + query, follow=True)


def test_the_row_names_what_is_missing_with_the_reason_and_offers_to_add_it(client, year, lacking, publisher):
    RenderingFailure.objects.create(edition=lacking, format="pdf", reason="内存不足。")
    client.force_login(publisher)

    said = board(client, year)

    assert "Word、Excel生成中，PDF未生成内存不足。补齐文件" in said


def test_it_is_added_by_whoever_presses_and_the_row_is_silent(client, year, lacking, publisher):
    client.force_login(publisher)

    response = pressed(client, year, lacking, "?level=department")

    line = AuditTrail.objects.order_by("pk").last()
    assert response.redirect_chain == [(reverse("board", args=[year.pk]) + "?level=department", 302)]
    assert "已补齐PDF、Word、Excel。" in text_of(response)
    assert (line.action, line.actor) == ("complete_files", publisher)
    assert not {"未生成", "生成中"} & set(re.findall("未生成|生成中", board(client, year)))
    assert "文件已经齐全，不需要补" in text_of(pressed(client, year, lacking))


def test_what_cannot_be_drawn_is_told_on_the_page(client, year, lacking, publisher, monkeypatch):
    def broken(_document):
        raise MemoryError

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, broken)
    client.force_login(publisher)

    said = text_of(pressed(client, year, lacking))

    assert "PDF未生成：内存不足。" in said
    assert "PDF未生成内存不足。补齐文件" in said


def test_whoever_only_looks_sees_it_and_may_not_add_it(client, year, lacking):
    client.force_login(post_in(year.government, Role.AUDITOR))

    said = board(client, year)
    answer = text_of(pressed(client, year, lacking))

    assert "PDF、Word、Excel生成中" in said
    assert "补齐文件" not in said
    assert "不能补齐文件" in answer
    assert lacking.files.count() == 2


def test_an_edition_of_another_board_is_not_found(client, lacking):
    other, boss = a_year(1, 1)
    client.force_login(boss)

    assert pressed(client, other, lacking).status_code == 404
    assert client.get(reverse("board_complete", args=[other.pk, lacking.pk])).status_code == 405


def test_what_was_withdrawn_is_not_completed(client, year, lacking, publisher):
    withdraw(lacking)
    client.force_login(publisher)

    said = text_of(pressed(client, year, lacking))

    assert "已经撤下，不再补齐文件" in said
    assert "生成中" not in said


def test_the_clerk_reads_what_is_still_being_drawn_and_nothing_of_failures(client, lacking, publisher):
    address = reverse("admin:disclosure_steps", args=[lacking.disclosure_id])
    client.force_login(publisher)

    drawing = text_of(client.get(address))
    for form in (FileFormat.PDF, FileFormat.DOCX, FileFormat.XLSX):
        RenderingFailure.objects.create(edition=lacking, format=form, reason="内存不足。")
    failed = text_of(client.get(address))

    assert f"公开的第{lacking.number}版：PDF、Word、Excel生成中" in drawing
    assert "生成中" not in failed
    assert "内存不足" not in failed


def test_the_self_inspection_says_which_forms_are_missing(year, lacking):
    from datetime import date

    from disclosure.board.grid import grid
    from disclosure.board.printed import printed_of

    line = next(line for line in grid(year, date(2022, 3, 1)) if line.disclosure == lacking.disclosure)

    [fact] = [one for one in facts_of(line, printed_of(year)[lacking.disclosure_id]) if one.item == "提供的格式"]

    assert (fact.found, fact.verdict) == ("网页、JSON；缺PDF、Word、Excel", "不符合")
