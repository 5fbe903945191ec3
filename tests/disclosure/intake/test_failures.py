"""A failed import without a message is impossible: every way to fail, through the page and the command."""

import html
import io
import re
import sys
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection
from django.urls import reverse
from workbooks import a_clerk, opened, the_book, uploaded

from budgets.models import ExpenditureLine
from disclosure.enums import Status
from disclosure.intake.failures import sentences_of
from disclosure.intake.run import IntakeRefusedError
from disclosure.models import Disclosure, ImportRun
from disclosure.refusal import RefusalError

TRIGGER = """CREATE TRIGGER refuse_import BEFORE INSERT ON disclosure_importrun
BEGIN SELECT RAISE(ABORT, '不能保存：这一年的数据已经封存'); END"""


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk(disclosure)
    client.force_login(user)
    return user


@pytest.fixture
def file(disclosure, clerk):
    """A sound file that changes one amount."""
    book = the_book(disclosure, clerk)
    change(book, 123456)
    return uploaded(book).data


def change(book, value):
    sheet = book["支出明细"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "金额（元）")
    sheet[f"{column}4"] = value


def wrong_cell(file, **_):
    book = opened(file)
    change(book, "很多")
    return uploaded(book).data


def stranger(file, **_):
    book = opened(file)
    book.create_sheet("备忘")["A1"] = "随手记"
    return uploaded(book).data


def unreadable(**_):
    return b"PK\x03\x04 nonsense"


def under_review(file, **_):
    Disclosure.objects.update(status=Status.DEPARTMENT_REVIEW)
    return file


def trigger(file, **_):
    if connection.vendor != "sqlite":
        pytest.skip("the trigger is written for SQLite")
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER)
    return file


def killed_reader(file, monkeypatch, **_):
    killed = (sys.executable, "-c", "import os; os.kill(os.getpid(), 9)")
    monkeypatch.setattr("budgets.readers.workbook.COMMAND", killed)
    return file


def no_room(file, settings, tmp_path, **_):
    settings.MEDIA_ROOT = tmp_path / "no folder"
    settings.MEDIA_ROOT.write_bytes(b"")
    return file


WAYS = {
    wrong_cell: "不是金额",
    stranger: "有未识别的工作表或列，需要确认",
    unreadable: "这不是有效的 XLSX 文件",
    under_review: "内容已锁定，不能修改、导入",
    trigger: "数据库没有接受，没有导入任何内容：这一年的数据已经封存。",
    killed_reader: "文件展开后过大，超出了读取的内存或时间限制",
    no_room: "服务器不能保存文件（可能磁盘已满或没有写入权限），没有导入任何内容",
}


@pytest.fixture(params=WAYS, ids=lambda way: way.__name__)
def way(request, file, settings, monkeypatch, tmp_path):
    """The file, and the sentence with which it fails."""
    data = request.param(file=file, settings=settings, monkeypatch=monkeypatch, tmp_path=tmp_path)
    return data, WAYS[request.param]


@pytest.fixture(autouse=True)
def _nothing_stored(disclosure):
    before = list(ExpenditureLine.objects.order_by("pk").values())
    yield
    assert list(ExpenditureLine.objects.order_by("pk").values()) == before
    assert not ImportRun.objects.exists()


def test_the_page_says_why_nothing_was_imported(client, disclosure, way):
    data, sentence = way

    asked = {"file": SimpleUploadedFile("填报表.xlsx", data)}
    sent = client.post(reverse("admin:workbook", args=[disclosure.pk]), asked)
    token = parse_qs(urlsplit(sent["Location"]).query)["file"][0]
    text = client.get(sent["Location"]).content.decode()
    if seen := re.search(r'name="seen" value="(\w+)"', text):
        address = reverse("admin:workbook_commit", args=[disclosure.pk])
        text = client.post(address, {"token": token, "seen": seen[1]}).content.decode()

    assert sentence in html.unescape(text)


def test_the_command_says_why_nothing_was_imported(disclosure, clerk, way, tmp_path):
    path = tmp_path / "填报表.xlsx"
    path.write_bytes(way[0])

    with pytest.raises(CommandError, match=re.escape(way[1])):
        call_command("import_workbook", "203", "2022", path, by=clerk.username, stdout=io.StringIO())


def test_a_file_that_cannot_be_put_aside_is_told_at_once(client, disclosure, file, settings, tmp_path):
    settings.DESK_DIR = tmp_path / "no folder"
    settings.DESK_DIR.write_bytes(b"")

    asked = {"file": SimpleUploadedFile("填报表.xlsx", file)}
    text = client.post(reverse("admin:workbook", args=[disclosure.pk]), asked).content.decode()

    assert "服务器不能保存文件" in text


@pytest.mark.parametrize(
    "error",
    [
        IntakeRefusedError(()),
        RefusalError(""),
        IntegrityError("UNIQUE constraint failed"),
        OperationalError("database is locked"),
        DatabaseError(),
        InterfaceError("connection already closed"),
        OSError(28, "No space left on device"),
    ],
)
def test_no_failure_is_without_a_chinese_sentence(error):
    [sentence] = sentences_of(error)

    assert re.fullmatch(r"[^A-Za-z]*没有导入任何内容[^A-Za-z]*。", sentence)
