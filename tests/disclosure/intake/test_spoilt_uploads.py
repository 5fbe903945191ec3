"""Spoilt files through the pages: every answer is a page that says what is wrong, and nothing is stored."""

import html
import re

import pytest
import spoilt
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from test_spoilt_files import PDF, SOUND
from word_files import as_word
from workbooks import a_clerk, opened, uploaded

from budgets.models import ExpenditureLine
from budgets.readers.documents import read_document
from disclosure.intake.template import export
from disclosure.models import ImportRun

WORDS = (
    "山海关区组织部门2022年部门预算公开\n第一部分 部门概况\n一、部门职责\n负责工作。\n"
    "二、收支情况\n收入总计2.10万元，比上年增加1.00万元。\n"
)
CHECKED = {
    **{name: data for name, data in SOUND if not name.endswith(("csv", "et"))},
    "文.txt": WORDS.encode(),
    "文.pdf": PDF,
    "文.docx": as_word(read_document("文.txt", WORDS.encode())),
}
TAKEN_IN = {name: data for name, data in [*SOUND, *CHECKED.items()] if not name.endswith("pdf")}
INSERTED = {"文.docx": spoilt.IN_WORD, "文.pdf": spoilt.IN_PDF}
MEMBERS = "sheet|workbook|content|styles|shared|document|rels"


@pytest.fixture
def signed_in(client, disclosure):
    """Somebody who may fill in, whose browser is told of every error."""
    client.force_login(a_clerk(disclosure))
    return client


@pytest.fixture(autouse=True)
def _nothing_stored(disclosure):
    before = list(ExpenditureLine.objects.order_by("pk").values())
    yield
    assert list(ExpenditureLine.objects.order_by("pk").values()) == before
    assert not ImportRun.objects.exists()


def spoilt_one(name, data, chance):
    return spoilt.spoilt_file(data, chance, INSERTED.get(name, spoilt.INSERTED), MEMBERS)


def complaints(answer) -> list[str]:
    """Return what a page says is wrong with a file."""
    page = html.unescape(answer.content.decode())
    return re.findall(r'(?s)class="error(?:list|note)[^"]*"[^>]*>(.*?)</', page)


@pytest.mark.parametrize("name", CHECKED)
def test_the_check_up_answers_a_spoilt_file_with_a_page(signed_in, name):
    def asked(data):
        answer = signed_in.post(reverse("checkup"), {"file": SimpleUploadedFile(name, data)})
        assert answer.status_code == 200 or complaints(answer)
        return answer.status_code

    found = spoilt.tried(
        f"检查网页 {name}", spoilt.how_many(12, dear=20), lambda chance: spoilt_one(name, CHECKED[name], chance), asked
    )

    assert set(found) <= {200, 400}


def previewed(client, disclosure, name, data) -> int:
    """Upload a file and look at its preview."""
    sent = client.post(reverse("admin:workbook", args=[disclosure.pk]), {"file": SimpleUploadedFile(name, data)})
    return client.get(sent["Location"]).status_code if sent.status_code == 302 else sent.status_code


@pytest.mark.parametrize("name", TAKEN_IN)
def test_the_preview_answers_a_spoilt_file_with_a_page(signed_in, disclosure, name):
    found = spoilt.tried(
        f"导入预览 {name}",
        spoilt.how_many(12, dear=20),
        lambda chance: spoilt_one(name, TAKEN_IN[name], chance),
        lambda data: previewed(signed_in, disclosure, name, data),
    )

    assert set(found) <= {200, 400}


def test_the_preview_answers_a_workbook_of_spoilt_cells_with_a_page(signed_in, disclosure):
    sound = export(disclosure, by=a_clerk(disclosure, "另一人"))

    def spoil(chance):
        book = opened(sound)
        sheets = [one for one in book.worksheets if one.max_row > 3]
        for _ in range(chance.choice((1, 5, 20))):
            sheet = chance.choice(sheets)
            row, column = chance.randint(1, sheet.max_row), chance.randint(1, sheet.max_column)
            sheet.cell(min(row, chance.choice((3, 9, 200))), column).value = chance.choice(CELLS)
        return uploaded(book).data

    found = spoilt.tried(
        "导入预览 填报表的格",
        spoilt.how_many(5, dear=50),
        spoil,
        lambda data: previewed(signed_in, disclosure, "表.xlsx", data),
    )

    assert set(found) == {200}


def without_control(words: list[str]) -> list[str]:
    """Leave out what openpyxl does not write."""
    return [one[:32000] for one in words if one.isprintable() or one in "\t\n"]


CELLS = [*without_control(spoilt.WRITTEN), None, 0, -1, 10**13, 10**16, True]
