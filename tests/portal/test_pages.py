"""The public pages: from editions only, reading only, whatever happens to drafts."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from published import an_edition
from spoiling import spoil_drafts
from walking import published

from budgets.models import Department, Government
from disclosure.content import parse
from disclosure.enums import FileFormat
from disclosure.models import Narrative, RenderingFailure, Withdrawal
from disclosure.render import RENDERERS, EngineMissingError
from portal.guard import READABLE, NotPublicError, read_published_only

DEPARTMENT = "/130303/2022/203/"
PAGES = ("/", "/130303/", "/130303/2022/", DEPARTMENT, f"{DEPARTMENT}editions/1/")
FILES = tuple(
    f"{DEPARTMENT}{part}document.{form}" for part in ("", "editions/1/") for form in ("pdf", "docx", "xlsx", "json")
)


@pytest.fixture
def corrected(edition, monkeypatch):
    """A second edition of the sample, with a light PDF."""
    monkeypatch.setitem(RENDERERS, FileFormat.PDF, lambda document: b"%PDF-" + document.sha256.encode())
    disclosure = edition.disclosure
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="更正后的说明。")
    return published(disclosure, reason="补充说明")


@pytest.mark.parametrize("address", [*PAGES, *FILES])
def test_an_address_answers(client, edition, address):
    response = client.get(address)

    assert response.status_code == 200


def test_the_year_lists_its_departments_with_honest_gaps(client, edition):
    Department.objects.create(government=Government.objects.get(), code="204", name="某新部门", full_name="某新部门")

    text = re.sub(r"<[^>]+>|\s", "", client.get("/130303/2022/").content.decode())

    assert "2个部门中已有1个公开，已公开的预算支出共1090.88万元。" in text
    assert "203山海关区组织部门1090.88518.68572.2011.31-130.78" in text
    assert "204某新部门尚未公开————" in text


def test_a_list_takes_the_same_queries_for_one_and_three_departments(client, edition):
    with CaptureQueriesContext(connection) as one:
        client.get("/130303/2022/")
    for code in ("204", "205"):
        Department.objects.create(government=Government.objects.get(), code=code, name=code, full_name=code)

    with CaptureQueriesContext(connection) as three:
        client.get("/130303/2022/")

    assert len(one) == len(three) == 9


def test_the_department_opens_with_one_sentence_and_seven_numbers(client, edition):
    text = client.get(DEPARTMENT).content.decode()
    figures = re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", text.split('<dl class="figures">')[1].split("</dl>")[0])

    assert "2022年预算支出1090.88万元，比上年减少130.78万元（-10.71%）。" in text
    assert figures == [
        ("预算支出", "1090.88万元"),
        ("基本支出", "518.68万元"),
        ("项目支出", "572.20万元"),
        ("“三公”经费", "11.31万元"),
        ("机关运行经费", "52.10万元"),
        ("政府采购", "0.00万元"),
        ("项目", "19个"),
    ]


@pytest.mark.parametrize("address", PAGES)
def test_every_demo_page_says_so(client, edition, address):
    assert "演示数据，非官方公开" in client.get(address).content.decode()


def test_files_carry_a_name_and_their_hash(client, edition):
    response = client.get(f"{DEPARTMENT}document.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["ETag"] == f'"{edition.files.get(format="pdf").sha256}"'
    assert response["Content-Disposition"].startswith(
        "inline; filename=\"203-2022-1.pdf\"; filename*=UTF-8''203-%E5%B1%B1"
    )
    assert json.loads(client.get(f"{DEPARTMENT}document.json").content)["content"]["notice"] == "演示数据，非官方公开"


@pytest.mark.parametrize(
    "address",
    [
        "/130304/",
        "/130303/2021/",
        "/130303/2021/203/",
        "/130303/2022/999/",
        f"{DEPARTMENT}editions/2/",
        f"{DEPARTMENT}document.html",
        f"{DEPARTMENT}document.exe",
        f"{DEPARTMENT}document.%00",
        "/%00/",
        "/130303/2022/%00/",
        "/130303/22/",
    ],
)
def test_what_is_not_there_is_not_found(client, edition, address):
    response = client.get(address)

    assert response.status_code == 404
    assert "没有这个页面" in response.content.decode()


def test_a_department_that_has_not_published_is_an_honest_gap(client, edition):
    Department.objects.create(government=Government.objects.get(), code="204", name="某新部门", full_name="甲")

    response = client.get("/130303/2022/204/")

    assert response.status_code == 404
    assert "尚未公开" in response.content.decode()


def test_a_correction_is_shown_with_banners_both_ways(client, corrected):
    newest, oldest = client.get(DEPARTMENT).content.decode(), client.get(f"{DEPARTMENT}editions/1/").content.decode()

    assert "更正后的说明。" in newest
    assert "本版更正了" in newest
    assert "无其他需要说明的事项。" in oldest
    assert "被<a" in oldest
    assert 'href="/130303/2022/203/editions/2/"' in oldest


def test_a_withdrawn_edition_is_gone_with_its_reason(client, edition):
    Withdrawal.objects.create(
        edition=edition, withdrawn_at=timezone.now(), withdrawn_by=edition.published_by, reason="误公开"
    )

    for address in (DEPARTMENT, f"{DEPARTMENT}editions/1/", *FILES):
        response = client.get(address)

        assert response.status_code == 410
        assert "撤下理由：误公开" in response.content.decode()
        assert "1090.88" not in response.content.decode()


def test_a_damaged_file_is_never_served(client, edition, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    for address in (DEPARTMENT, f"{DEPARTMENT}document.pdf"):
        response = client.get(address)

        assert response.status_code == 503
        assert "已停止提供" in response.content.decode()


def test_a_draft_changed_everywhere_changes_no_byte(client, edition):
    before = {address: client.get(address).content for address in (*PAGES, *FILES)}

    changed = spoil_drafts()

    assert len(changed) >= 20
    assert {address: client.get(address).content for address in (*PAGES, *FILES)} == before


@pytest.mark.parametrize("address", [*PAGES, *FILES, "/nope/", "/130303/2022/999/"])
def test_public_pages_only_select_and_only_from_published_tables(client, edition, address):
    with CaptureQueriesContext(connection) as queries:
        client.get(address)

    drafts = ("budgets_budget", "expenditureline", "narrative", "disclosure_disclosure", "performance_")
    statements = [query["sql"] for query in queries]
    assert [sql for sql in statements if not sql.startswith("SELECT")] == []
    assert [sql for sql in statements if any(table in sql for table in drafts)] == []


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "disclosure_edition" SET number = 2',
        "DELETE FROM disclosure_edition",
        'SELECT 1 FROM "budgets_expenditureline"',
        'SELECT 1 FROM "disclosure_edition" INNER JOIN "disclosure_disclosure" ON 1 = 1',
        "PRAGMA user_version = 1",
        "SELECT 1 FROM disclosure_edition, disclosure_narrative",
        'SELECT 1 FROM "main"."disclosure_narrative"',
        "SELECT 1 FROM public.disclosure_narrative",
        "SELECT 1 FROM [disclosure_narrative]",
        "SELECT 1 FROM (disclosure_narrative)",
        "SELECT 1 FROM disclosure_edition JOIN(disclosure_narrative)",
        "SELECT pg_sleep(1)",
        "SELECT name FROM sqlite_master",
    ],
)
def test_the_guard_refuses_writing_and_reading_drafts(sql):
    with pytest.raises(NotPublicError):
        read_published_only(lambda *_: None, sql, (), False, {})  # noqa: FBT003


def test_an_edition_without_its_pdf_explains_itself(client, edition, monkeypatch):
    def missing(_document):
        raise EngineMissingError

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, missing)
    Narrative.objects.filter(disclosure=edition.disclosure, key="other_matters").update(text="更正后的说明。")
    published(edition.disclosure, reason="补充说明")

    page, file = client.get(DEPARTMENT), client.get(f"{DEPARTMENT}document.pdf")

    assert "本页可以用浏览器的“打印”另存为 PDF" in page.content.decode()
    assert "生成中" not in page.content.decode()
    assert "document.pdf" not in page.content.decode()
    assert (file.status_code, "生成后在这个地址可以下载" in file.content.decode()) == (404, True)


def test_an_edition_whose_pdf_is_being_drawn_says_so(client, edition):
    later = an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    page = client.get(DEPARTMENT).content.decode()

    assert "PDF 生成中，完成后会放在这里" in page
    RenderingFailure.objects.create(edition=later, format="pdf", reason="内存不足。")
    page = client.get(DEPARTMENT).content.decode()
    assert "本页可以用浏览器的“打印”另存为 PDF" in page
    assert "内存不足" not in page
    assert "生成中" not in page


def test_the_guard_lets_published_tables_pass():
    assert read_published_only(lambda *_: "read", 'SELECT 1 FROM "disclosure_edition"', (), False, {}) == "read"  # noqa: FBT003
    assert "disclosure_disclosure" not in READABLE


def test_everything_works_under_a_path_prefix(client, edition):
    from django.urls import set_script_prefix

    set_script_prefix("/yusuan/")
    try:
        response = client.get(DEPARTMENT)
        links = re.findall(r'href="(/[^"]*)"', response.content.decode())
    finally:
        set_script_prefix("/")

    assert response.status_code == 200
    assert [link for link in links if not link.startswith(("/yusuan/", "/static/"))] == []
