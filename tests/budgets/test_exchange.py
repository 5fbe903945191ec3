"""Files in and out: natural keys, nothing ignored, nothing out of reach, nothing that a spreadsheet would run."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
import tablib
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from factories import a_row_of_everything, a_unit

from budgets.enums import Role
from budgets.formats import Csv, Xlsx, decode, guard
from budgets.models import ExpenditureLine, Function, Membership, Project, RevenueLine
from budgets.resources import (
    ControlFigureResource,
    ExpenditureLineResource,
    FunctionResource,
    PreviousFigureResource,
    ProjectResource,
    RevenueLineResource,
    UnitProfileResource,
    UnitResource,
)
from performance.resources import GoalStatementResource, IndicatorResource, ProjectGoalResource

CLERKS = (
    RevenueLineResource,
    ExpenditureLineResource,
    ProjectResource,
    UnitProfileResource,
    PreviousFigureResource,
    ProjectGoalResource,
    GoalStatementResource,
    IndicatorResource,
)


def somebody(role: Role, department=None, government=None):
    user = get_user_model().objects.create(username=f"{role}-{department}", is_staff=True)
    of = government or department.government
    Membership.objects.create(user=user, role=role, government=of, department=department)
    return user


@pytest.fixture
def clerk(disclosure):
    return somebody(Role.CLERK, disclosure.budget.department)


def table(resource) -> tablib.Dataset:
    return tablib.Dataset().load(Csv().export_data(resource.export()).decode("utf-8-sig"), format="csv")


def run(resource, dataset: tablib.Dataset, *, dry: bool = False):
    return resource.import_data(dataset, dry_run=dry, rollback_on_validation_errors=True)


def complaints(result) -> str:
    rows = [str(message) for row in result.invalid_rows for message in row.error.messages]
    errors = [str(error.error) for _, found in result.row_errors() for error in found]
    return "".join([*rows, *errors, *(str(error.error) for error in result.base_errors)])


@pytest.mark.parametrize("resource", CLERKS, ids=lambda resource: resource.__name__)
def test_what_goes_out_comes_back_unchanged(clerk, resource):
    dataset = table(resource(user=clerk))

    result = run(resource(user=clerk), dataset)

    assert len(dataset) > 0
    assert complaints(result) == ""
    assert result.totals == {"new": 0, "update": 0, "delete": 0, "skip": len(dataset), "error": 0, "invalid": 0}


@pytest.mark.parametrize("form", [Csv, Xlsx])
def test_rows_taken_away_come_back_from_the_file(clerk, form):
    data = form().export_data(ExpenditureLineResource(user=clerk).export())
    before = set(ExpenditureLine.objects.values_list("unit", "function__code", "economic__code", "label", "amount"))
    ExpenditureLine.objects.all().delete()

    result = run(ExpenditureLineResource(user=clerk), form().create_dataset(data))

    assert complaints(result) == ""
    after = set(ExpenditureLine.objects.values_list("unit", "function__code", "economic__code", "label", "amount"))
    assert after == before
    assert ExpenditureLine.objects.count() == 75


def test_columns_in_any_order_and_gb18030_are_read(clerk):
    dataset = table(RevenueLineResource(user=clerk))
    rows = [dict(reversed(row.items())) for row in dataset.dict]
    rows[0]["金额（元）"] = "１，２３４．５０"
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)

    result = run(RevenueLineResource(user=clerk), Csv().create_dataset(text.getvalue().encode("gb18030")))

    assert (complaints(result), result.totals["update"]) == ("", 1)
    assert RevenueLine.objects.filter(amount=Decimal("1234.50")).count() == 1


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"金额（元）": "abc"}, "“abc”不是金额"),
        ({"金额（元）": "0.001"}, "精确到了分以下"),
        ({"金额（元）": "-5"}, "金额不能为负数"),
        ({"金额（元）": ""}, "请填写这一列。"),
        ({"单位编码": "999999"}, "单位编码“999999”没有找到，或不在您的权限范围内"),
        ({"资金来源": "彩票"}, "“彩票”不在可选范围内，可填：一般公共预算拨款"),
        ({"上年结转": "也许"}, "“也许”无效，只能填“是”或“否”"),
        ({"功能分类": "9999999"}, "支出功能分类中没有编码“9999999”"),
        ({"年度": "今年"}, "请填写“年度”列"),
        ({"年度": "2031"}, "没有找到，或不在您的权限范围内"),
    ],
)
def test_a_wrong_cell_is_named_and_nothing_is_stored(clerk, changes, message):
    dataset = table(RevenueLineResource(user=clerk))
    rows = dataset.dict
    rows[0]["金额（元）"] = "1.00"
    rows[1] |= changes
    wrong = tablib.Dataset(*[list(row.values()) for row in rows], headers=dataset.headers)

    result = run(RevenueLineResource(user=clerk), wrong)

    assert message in complaints(result)
    assert not RevenueLine.objects.filter(amount=Decimal("1.00")).exists()


def test_unknown_and_missing_columns_are_named(clerk):
    dataset = tablib.Dataset(["2022", "x"], headers=["年度", "备注栏"])

    said = complaints(run(RevenueLineResource(user=clerk), dataset))

    assert "不认识的列：备注栏" in said
    assert "缺少的列：部门编码、单位编码、资金来源" in said


def test_a_row_that_stands_twice_in_a_file_is_refused(clerk):
    dataset = table(RevenueLineResource(user=clerk))
    dataset.append(dataset[0])

    assert "与第2行重复" in complaints(run(RevenueLineResource(user=clerk), dataset))


def test_two_stored_rows_that_look_the_same_are_not_chosen_between(clerk):
    line = RevenueLine.objects.first()
    line.pk, line._state.adding = None, True
    line.save()
    dataset = table(RevenueLineResource(user=clerk))
    del dataset[-1]

    assert "完全相同的记录，无法判断改哪一条" in complaints(run(RevenueLineResource(user=clerk), dataset))


def test_another_departments_rows_neither_go_out_nor_come_in(clerk):
    other = a_unit("130303", "299", "299001")
    a_row_of_everything(other)
    colleague = somebody(Role.CLERK, other.department)
    theirs = table(RevenueLineResource(user=colleague))

    assert "299001" not in table(RevenueLineResource(user=clerk)).csv
    assert "不在您的权限范围内" in complaints(run(RevenueLineResource(user=clerk), theirs))


def test_a_reader_of_everything_imports_nothing(disclosure):
    auditor = somebody(Role.AUDITOR, government=disclosure.budget.fiscal_year.government)
    dataset = table(RevenueLineResource(user=auditor))
    rows = [[*row[:-1], "7"] for row in dataset]

    result = run(RevenueLineResource(user=auditor), tablib.Dataset(*rows, headers=dataset.headers))

    assert "不在您可以修改的范围内" in complaints(result)


def test_the_preview_is_the_import_rolled_back(clerk):
    dataset = table(RevenueLineResource(user=clerk))
    row = list(dataset[0])
    dataset[0] = [*row[:-1], "5.00"]

    result = run(RevenueLineResource(user=clerk), dataset, dry=True)

    assert "<del>8700800.00</del> → <ins>5.00</ins>" in result.valid_rows()[0].diff
    assert not RevenueLine.objects.filter(amount=Decimal(5)).exists()


def test_bureau_imports_control_figures_and_administrator_the_register(disclosure):
    government = disclosure.budget.fiscal_year.government
    bureau = somebody(Role.BUREAU_REVIEWER, government=government)
    headers = ["年度", "部门编码", "单位编码", "资金来源", "支出类别", "金额（元）"]
    figures = tablib.Dataset(["2022", "203", "", "一般公共预算拨款", "项目支出", "5722000"], headers=headers)
    keeper = somebody(Role.SYSTEM_ADMINISTRATOR, government=government)
    units = tablib.Dataset(
        ["203", "203009", "新单位", "所属单位", "", ""],
        headers=["部门编码", "单位编码", "单位全称", "隶属", "起始年度", "终止年度"],
    )

    assert complaints(run(ControlFigureResource(user=bureau), figures)) == ""
    assert complaints(run(UnitResource(user=keeper), units)) == ""
    assert disclosure.budget.control_figures.get().amount == Decimal(5722000)
    assert disclosure.budget.department.units.filter(code="203009").exists()


def test_a_code_that_an_edition_prints_is_not_changed_by_a_file(edition):
    keeper = somebody(Role.SYSTEM_ADMINISTRATOR, government=edition.disclosure.budget.fiscal_year.government)
    headers = ["编码", "名称", "目录年份", "起始年度", "终止年度", "来源", "所属预算"]
    rows = [
        ["2013201", "改名了", "2024", "", "", "", "一般公共预算"],
        ["2013298", "新科目", "2025", "", "", "", "一般公共预算"],
    ]

    said = complaints(run(FunctionResource(user=keeper), tablib.Dataset(*rows, headers=headers)))

    assert "编码2013201已用于公开版次，不能修改" in said
    assert not Function.objects.filter(code="2013298").exists()


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_no_cell_goes_out_as_a_formula(clerk, start):
    hostile = f"{start}cmd|' /C calc'!A0"
    Project.objects.filter(name="车辆保险费").update(name=hostile)
    exported = ProjectResource(user=clerk).export()

    sheet = openpyxl.load_workbook(io.BytesIO(Xlsx().export_data(exported))).active
    cells = [cell for row in sheet.iter_rows() for cell in row]
    text = Csv().export_data(exported).decode("utf-8-sig")

    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert f"'{start}cmd" in text


def test_amounts_go_out_as_numbers_and_codes_as_text(clerk):
    sheet = openpyxl.load_workbook(io.BytesIO(Xlsx().export_data(ExpenditureLineResource(user=clerk).export()))).active
    header, first = list(sheet.iter_rows(values_only=True))[:2]
    row = dict(zip(header, first, strict=True))

    assert (type(row["功能分类"]), row["功能分类"]) == (str, "2013201")
    assert row["金额（元）"] == 864000


def test_text_is_decoded_strictly():
    assert decode("收入".encode("utf-8-sig")) == decode("收入".encode("gb18030")) == "收入"
    with pytest.raises(ValidationError, match="UTF-8"):
        decode(b"\xff\xff\xff")


def workbook(**members: bytes) -> SimpleUploadedFile:
    import zipfile

    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return SimpleUploadedFile("表.xlsx", data.getvalue())


@pytest.mark.parametrize(
    ("file", "message"),
    [
        (SimpleUploadedFile("表.xlsx", b"not a zip"), "不是有效的 XLSX"),
        (workbook(sheet=b"0" * 70_000_000), "展开后过大"),
        (workbook(vbaProject=b"x"), "含有宏"),
        (workbook(**{f"m{number}": b"" for number in range(201)}), "展开后过大"),
        (SimpleUploadedFile("表.csv", b"0" * (20 * 1024 * 1024 + 1)), "超过20MB"),
    ],
    ids=["broken", "bomb", "macros", "members", "large"],
)
def test_a_hostile_file_is_refused_before_it_is_read(file, message):
    with pytest.raises(ValidationError, match=message):
        guard(file)
