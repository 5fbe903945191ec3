"""Every form of an edition and of its tables at its address: named, dated by its hash, never a dead link."""

import csv
import io
import json
import re
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from openpyxl import load_workbook
from published import an_edition, withdraw

from budgets.immutable import drop_triggers
from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.render import RENDERERS, EngineMissingError
from disclosure.workflow import complete_files

DEPARTMENT = "/130303/2022/203/"
OFFICE = "application/vnd.openxmlformats-officedocument"
TYPES = {
    "pdf": "application/pdf",
    "json": "application/json; charset=utf-8",
    "docx": f"{OFFICE}.wordprocessingml.document",
    "xlsx": f"{OFFICE}.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


@pytest.fixture
def of_old(edition):
    """A second edition, with what was stored of one before Word and Excel were offered."""
    document = Document.of_edition(edition)
    return an_edition(edition.disclosure, document.content, edition.published_by, edition)


def test_every_form_has_its_type_its_names_and_its_hash(client, edition):
    for address in (DEPARTMENT, f"{DEPARTMENT}editions/1/"):
        files = [f"document.{form}" for form in ("pdf", "docx", "xlsx", "json")]
        for file in (*files, *(f"tables/totals.{form}" for form in ("csv", "xlsx", "json"))):
            response = client.get(f"{address}{file}")
            form = file.rpartition(".")[2]

            assert (response.status_code, response["Content-Type"]) == (200, TYPES[form])
            assert response["X-Content-Type-Options"] == "nosniff"
            plain, names = re.fullmatch(
                r"(?:inline|attachment); filename=\"([ -~]+)\"; filename\*=UTF-8''([A-Za-z0-9%._-]+)",
                response["Content-Disposition"],
            ).groups()
            assert plain == (f"203-2022-totals-1.{form}" if "totals" in file else f"203-2022-1.{form}")
            assert unquote(names).startswith("203-山海关区组织部门2022年部门预算公开说明-")
            assert unquote(names).endswith(f"第1版.{form}")
            again = client.get(f"{address}{file}", HTTP_IF_NONE_MATCH=response["ETag"])
            assert (again.status_code, again.content) == (304, b"")


def test_a_table_says_the_same_in_each_of_its_forms(client, edition):
    lines = list(csv.reader(io.StringIO(client.get(f"{DEPARTMENT}tables/spending.csv").content.decode("utf-8-sig"))))
    said = json.loads(client.get(f"{DEPARTMENT}tables/spending.json").content)
    book = load_workbook(io.BytesIO(client.get(f"{DEPARTMENT}tables/spending.xlsx").content))

    assert lines[0][:4] == ["科目编码", "科目名称", "合计（元）", "基本支出（元）"]
    assert lines[1][:4] == ["", "合计", "10908800.00", "5186800.00"]
    assert lines[2][0] == said["table"]["rows"][1]["cells"]["code"] == "201"
    assert said["edition"]["content_sha256"] == edition.content_sha256
    assert book.sheetnames == ["说明", "表三 部门预算支出总表"]


def test_a_table_the_edition_has_not_got_is_not_found_in_chinese(client, edition):
    for key in ("nothing", "totals2", "5"):
        for form in ("csv", "xlsx", "json"):
            response = client.get(f"{DEPARTMENT}tables/{key}.{form}")

            assert response.status_code == 404
            assert "没有这个页面" in response.content.decode()
    assert client.get(f"{DEPARTMENT}tables/totals.pdf").status_code == 404


def test_the_page_offers_each_form_with_size_and_pages_and_each_table_below_itself(client, edition):
    text = client.get(DEPARTMENT).content.decode()
    buttons = re.findall(r'class="button" href="([^"]+)">([^<]+)<', text)
    links = re.findall(r'<span class="visually-hidden">下载《([^》]+)》</span>(CSV|Excel|JSON)</a>', text)

    assert [address for address, _ in buttons] == [
        f"{DEPARTMENT}editions/1/document.{form}" for form in ("pdf", "docx", "xlsx", "json")
    ]
    assert re.fullmatch(r"PDF · [\d.]+\s[KM]B · \d+ 页", buttons[0][1])
    assert [re.sub(r"[\d.]+", "9", words) for _, words in buttons[1:]] == [
        f"{name} · 9\xa0KB" for name in ("Word", "Excel", "JSON")
    ]
    assert len(links) == len(set(links)) == 3 * 31


def test_forms_an_edition_was_published_without_are_drawn_as_they_would_be(client, of_old):
    offered = re.findall(r'class="button" href="([^"]+)">([^<]+)<', client.get(DEPARTMENT).content.decode())

    assert [words for _, words in offered][:2] == ["Word", "Excel"]
    drawn = {address.rpartition(".")[2]: client.get(address) for address, _ in offered}
    assert {form: response.status_code for form, response in drawn.items()} == {"docx": 200, "xlsx": 200, "json": 200}
    assert client.get(f"{DEPARTMENT}tables/totals.csv").status_code == 200
    assert client.get(f"{DEPARTMENT}editions/1/tables/totals.csv").status_code == 200

    added = complete_files(of_old)

    assert {file.format for file in added} == {"docx", "xlsx", "pdf"}
    assert {file.format: file.read() for file in added if file.format != "pdf"} == {
        form: response.content for form, response in drawn.items() if form != "json"
    }
    assert complete_files(of_old) == []


def test_without_the_pdf_engine_the_other_forms_are_added_all_the_same(of_old, monkeypatch):
    def missing(_document):
        raise EngineMissingError

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, missing)

    with pytest.raises(CommandError, match="PDF 引擎未安装"):
        call_command("complete_files", stdout=io.StringIO())

    assert set(of_old.files.values_list("format", flat=True)) == {"html", "json", "docx", "xlsx"}


def test_a_form_that_cannot_be_drawn_now_is_said_to_be_missing(client, of_old, monkeypatch):
    def broken(_document):
        raise MemoryError

    monkeypatch.setitem(RENDERERS, FileFormat.DOCX, broken)

    response = client.get(f"{DEPARTMENT}document.docx")

    assert (response.status_code, "Word 尚未生成" in response.content.decode()) == (404, True)


def test_what_was_withdrawn_is_gone_in_every_form(client, of_old):
    withdraw(of_old)
    files = [f"document.{form}" for form in ("pdf", "docx", "xlsx", "json")]
    files += [f"tables/{key}.{form}" for key in ("totals", "nothing") for form in ("csv", "xlsx", "json")]

    answers = [client.get(f"{DEPARTMENT}{part}{file}") for part in ("", "editions/2/") for file in files]

    assert {(answer.status_code, answer["Cache-Control"]) for answer in answers} == {(410, "no-store")}


def test_a_content_that_is_not_the_published_one_is_not_given_out(client, of_old):
    drop_triggers()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE disclosure_editioncontent SET text = REPLACE(text, '10908800.00', '20908800.00')")

    for file in ("document.docx", "tables/totals.csv"):
        response = client.get(f"{DEPARTMENT}{file}")

        assert (response.status_code, "已停止提供" in response.content.decode()) == (503, True)
