"""The workbook's pages: who may, what is shown before anything is stored, the file that waits, the record."""

import io
import re
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from factories import a_unit
from workbooks import a_clerk, opened, the_book, uploaded

from budgets.enums import Role
from budgets.models import Budget, ExpenditureLine, FiscalYear, Membership
from disclosure.enums import Status
from disclosure.filetypes import plain_name
from disclosure.intake.outcome import Ticks
from disclosure.intake.run import commit
from disclosure.models import Disclosure, ImportRun


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk(disclosure)
    client.force_login(user)
    return user


@pytest.fixture
def book(disclosure, clerk):
    return the_book(disclosure, clerk)


def address(name: str, disclosure) -> str:
    return reverse(f"admin:workbook{name}", args=[disclosure.pk])


def upload(client, disclosure, book, name="填报表.xlsx"):
    file = SimpleUploadedFile(name, uploaded(book).data)
    return client.post(address("", disclosure), {"file": file})


def previewed(client, disclosure, book, name="填报表.xlsx") -> tuple[str, str, str]:
    """Give the preview's text, the token of the file, and the digest of what was shown."""
    sent = upload(client, disclosure, book, name)
    text = client.get(sent["Location"]).content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', text)
    return text, parse_qs(urlsplit(sent["Location"]).query)["file"][0], seen[1] if seen else ""


def confirm(client, disclosure, token: str, seen: str, *ticks: str):
    asked = {"token": token, "seen": seen, **dict.fromkeys(ticks, "on")}
    return client.post(address("_commit", disclosure), asked, follow=True)


def change_amount(book, value):
    sheet = book["支出明细"]
    column = next(cell.column_letter for cell in sheet[3] if cell.value == "金额（元）")
    sheet[f"{column}4"] = value
    return f"{column}4"


def test_the_form_offers_the_workbook_to_who_may_fill_it_in(client, disclosure, clerk):
    page = reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])

    mine = client.get(page).content.decode()
    template = client.get(address("_template", disclosure))

    assert "下载填报表" in mine
    assert template["Content-Disposition"].startswith("attachment; filename*=utf-8''")
    assert template["X-Content-Type-Options"] == "nosniff"
    assert "支出明细" in opened(template.content).sheetnames


def test_a_reviewer_may_look_but_not_import(client, disclosure, clerk):
    Membership.objects.filter(user=clerk).update(role=Role.DEPARTMENT_REVIEWER)

    form = client.get(reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])).content.decode()

    assert "下载填报表" not in form
    for name in ("", "_template", "_preview", "_marked", "_changes"):
        assert client.get(address(name, disclosure)).status_code == 403
    assert client.post(address("_commit", disclosure)).status_code == 403


def test_another_departments_clerk_finds_nothing(client, disclosure, book, clerk):
    run = commit(disclosure, uploaded(book), by=clerk).run
    unit = a_unit("130303", "298", "298001")
    other = Disclosure.objects.create(budget=Budget.objects.get(department=unit.department))
    client.force_login(a_clerk(other, "外部门"))

    for name in ("", "_template", "_preview", "_marked", "_changes"):
        assert client.get(address(name, disclosure)).status_code == 404
    assert client.post(address("_commit", disclosure)).status_code == 404
    assert client.get(reverse("admin:import_source", args=[run.pk])).status_code == 404
    assert client.post(reverse("admin:import_undo", args=[run.pk])).status_code == 404


def test_a_preview_stores_nothing_and_a_confirmation_what_was_shown(client, disclosure, book):
    before = list(ExpenditureLine.objects.order_by("pk").values())
    cell = change_amount(book, 123456)

    text, token, seen = previewed(client, disclosure, book)

    assert f"支出明细!第{cell[1:]}行" in text
    assert "<ins>123456.00</ins>" in text
    assert "Δ " in text
    assert "没有变化：" in text
    assert list(ExpenditureLine.objects.order_by("pk").values()) == before

    done = confirm(client, disclosure, token, seen).content.decode()

    assert "修改1行" in done
    assert f'<span class="cell">{cell}</span> 金额（元）：123456.00' in done
    assert ImportRun.objects.get().changed == 1
    assert (
        "这个文件已经导入过，没有再次导入“填报表.xlsx”：" in confirm(client, disclosure, token, seen).content.decode()
    )
    assert ImportRun.objects.count() == 1


def test_all_sheets_are_shown_on_demand_and_all_changes_listed(client, disclosure, book):
    change_amount(book, 123456)
    _, token, _ = previewed(client, disclosure, book)

    everything = client.get(address("_preview", disclosure), {"file": token, "show": "all"}).content.decode()
    listed = opened(client.get(address("_changes", disclosure), {"file": token}).content).active

    assert "没有变化：" not in everything
    assert "行与库里相同" in everything
    assert [cell.value for cell in listed[2]][:2] == ["支出明细", "修改"]
    assert listed.max_row == 2


def test_what_changed_after_the_preview_is_not_overwritten(client, disclosure, book):
    change_amount(book, 123456)
    _, token, seen = previewed(client, disclosure, book)
    line = disclosure.budget.expenditurelines.order_by("pk").last()
    line.amount += 1
    line.save()

    refused = confirm(client, disclosure, token, seen).content.decode()

    assert "预览之后数据或文件有变化" in refused
    assert not ImportRun.objects.exists()
    assert (
        "已导入"
        in confirm(client, disclosure, token, re.search(r'name="seen" value="(\w+)"', refused)[1]).content.decode()
    )


def test_removals_and_strangers_are_ticked_without_another_upload(client, disclosure, book):
    book["名词解释"].delete_rows(4)
    book.create_sheet("备忘")["A1"] = "随手记"
    _, token, seen = previewed(client, disclosure, book)

    refused = confirm(client, disclosure, token, seen, "removals").content.decode()
    taken = confirm(client, disclosure, token, seen, "removals", "strangers").content.decode()

    assert "勾选“不导入未识别的内容”" in refused
    assert 'name="removals" checked' in refused
    assert "删除1行" in taken


def test_every_problem_is_shown_and_marked_in_the_file(client, disclosure, book):
    cell = change_amount(book, "很多")

    text, token, seen = previewed(client, disclosure, book)
    marked = client.get(address("_marked", disclosure), {"file": token})

    assert f"支出明细!{cell}" in text
    assert "有1处问题，改好之前不能导入" in text
    assert "确认导入" not in text
    assert seen == ""
    assert opened(marked.content)["支出明细"][cell].comment is not None
    assert "有1处问题" in confirm(client, disclosure, token, "").content.decode()


def test_a_token_serves_only_who_uploaded_and_only_that_disclosure(client, disclosure, book):
    _, token, seen = previewed(client, disclosure, book)
    unit = disclosure.budget.department.units.first()
    other = Disclosure.objects.create(budget=disclosure.budget, unit=unit)

    altered = client.get(address("_preview", disclosure), {"file": token + "x"}).content.decode()
    elsewhere = confirm(client, other, token, seen).content.decode()
    client.force_login(a_clerk(disclosure, "另一个"))
    stolen = confirm(client, disclosure, token, seen).content.decode()

    assert [one.count("预览已经过期") for one in (altered, elsewhere, stolen)] == [1, 1, 1]
    assert not ImportRun.objects.exists()


def test_a_preview_expires(client, disclosure, book, monkeypatch):
    _, token, _ = previewed(client, disclosure, book)
    monkeypatch.setattr("budgets.admin.kept.PATIENCE", -1)

    assert "预览已经过期" in client.get(address("_preview", disclosure), {"file": token}).content.decode()


@pytest.mark.parametrize("status", [Status.DEPARTMENT_REVIEW, Status.READY])
def test_nothing_is_taken_in_or_back_under_review(client, disclosure, book, clerk, status):
    change_amount(book, 123456)
    run = commit(disclosure, uploaded(book), by=clerk, ticks=Ticks(removals=True)).run
    _, token, seen = previewed(client, disclosure, book)
    Disclosure.objects.filter(pk=disclosure.pk).update(status=status)

    refused = confirm(client, disclosure, token, seen).content.decode()
    record = client.get(reverse("admin:disclosure_importrun_change", args=[run.pk])).content.decode()

    assert f"现在是“{status.label}”，内容已锁定" in refused
    assert "退回，状态回到“填报中”后再修改" in refused
    assert "不能撤销：" in record
    client.post(reverse("admin:import_undo", args=[run.pk]))
    assert ImportRun.objects.get().undone_at is None


def test_nothing_is_taken_in_when_the_year_is_closed(client, disclosure, clerk):
    FiscalYear.objects.filter(pk=disclosure.budget.fiscal_year_id).update(is_open=False)

    assert "已停止填报" in client.get(address("", disclosure)).content.decode()


def test_an_import_is_undone_from_its_record(client, disclosure, book):
    before = list(ExpenditureLine.objects.order_by("pk").values())
    change_amount(book, 123456)
    _, token, seen = previewed(client, disclosure, book)
    confirm(client, disclosure, token, seen)
    run = ImportRun.objects.get()

    undone = client.post(reverse("admin:import_undo", args=[run.pk]), follow=True).content.decode()

    assert "已撤销导入“填报表.xlsx”" in undone
    assert "不能撤销：这次导入已经撤销过。" in undone
    assert list(ExpenditureLine.objects.order_by("pk").values()) == before


def test_the_source_comes_back_under_a_harmless_name(client, disclosure, book):
    name = "账\u202e目, X-Evil: 1.xlsx"
    _, token, seen = previewed(client, disclosure, book, name)
    confirm(client, disclosure, token, seen)
    run = ImportRun.objects.get()

    source = client.get(reverse("admin:import_source", args=[run.pk]))

    assert source.content == run.read()
    assert source["Content-Type"] == "application/octet-stream"
    assert source["X-Content-Type-Options"] == "nosniff"
    assert re.fullmatch(r"attachment; filename\*=utf-8''%E8%B4%A6[A-Za-z0-9%._-]+\.xlsx", source["Content-Disposition"])
    assert "%E2%80%AE" not in source["Content-Disposition"]
    assert "X-Evil" not in source


def test_rows_of_a_record_are_found_by_word(client, disclosure, book, clerk):
    run = commit(disclosure, uploaded(book), by=clerk).run
    page = reverse("admin:disclosure_importrun_change", args=[run.pk])

    terms = client.get(page, {"sheet": "名词解释"}).content.decode()
    none = client.get(page, {"q": "没有这个词"}).content.decode()

    assert "名词解释!第4行" in terms
    assert "支出明细!第" not in terms
    assert "没有符合的行。" in none


def test_what_cannot_be_read_is_explained(client, disclosure, clerk):
    for name, data, said in (
        ("坏.xlsx", b"nonsense", "这不是有效的 .xlsx 文件"),
        ("程序.exe", b"MZ", "请上传 .xlsx"),
    ):
        sent = client.post(address("", disclosure), {"file": SimpleUploadedFile(name, data)}, follow=True)

        assert said in sent.content.decode()
        assert not ImportRun.objects.exists()


def test_many_changes_are_cut_where_it_is_said(client, disclosure, book, monkeypatch):
    monkeypatch.setattr("disclosure.desk.shown.MOST", 1)
    sheet = book["名词解释"]
    column = next(cell.column for cell in sheet[3] if cell.value == "解释")
    for row in (4, 5, 6):
        sheet.cell(row, column).value = "另一种解释。"

    text, token, _ = previewed(client, disclosure, book)
    listed = openpyxl.load_workbook(io.BytesIO(client.get(address("_changes", disclosure), {"file": token}).content))

    assert "还有2行变化没有列在这里" in text
    assert listed.active.max_row == 4


def test_names_lose_what_browsers_misread():
    assert plain_name("../..\\a\r\nX: 1\u202e.xlsx") == "_.._a__X_ 1_.xlsx"
    assert plain_name("") == "文件"
    assert plain_name("长" * 300 + ".csv").endswith("长.csv")


def test_the_command_tells_how_far_it_is(disclosure, book, clerk, tmp_path):
    path, told = tmp_path / "填报表.xlsx", io.StringIO()
    path.write_bytes(uploaded(book).data)

    call_command(
        "import_workbook", "203", "2022", path, "--dry-run", by=clerk.username, stdout=io.StringIO(), stderr=told
    )

    assert re.search(r"^已核对：支出明细 \d+行$", told.getvalue(), re.MULTILINE)
