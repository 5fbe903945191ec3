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
from factories import a_row_of_everything, a_unit, in_every_state

from budgets.enums import Role
from budgets.formats import Csv, Xlsx, decode, guard
from budgets.models import AssetHolding, ExpenditureLine, Function, Membership, Project, RevenueLine
from budgets.resources import (
    AssetHoldingResource,
    CarryForwardResource,
    ControlFigureResource,
    ExpenditureLineResource,
    FunctionResource,
    PreviousFigureResource,
    ProcurementItemResource,
    ProjectResource,
    RevenueLineResource,
    ThreePublicCostResource,
    UnitProfileResource,
    UnitResource,
)
from disclosure.resources import GlossaryTermResource, NarrativeResource
from performance.resources import (
    DutyGoalResource,
    GoalStatementResource,
    IndicatorResource,
    OverallGoalResource,
    ProjectGoalResource,
)

CLERKS = (
    RevenueLineResource,
    ExpenditureLineResource,
    ProjectResource,
    UnitProfileResource,
    PreviousFigureResource,
    ProjectGoalResource,
    GoalStatementResource,
    IndicatorResource,
    CarryForwardResource,
    ThreePublicCostResource,
    ProcurementItemResource,
    AssetHoldingResource,
    OverallGoalResource,
    DutyGoalResource,
    NarrativeResource,
    GlossaryTermResource,
)
STATED = (PreviousFigureResource, ThreePublicCostResource, ProcurementItemResource, AssetHoldingResource)


def somebody(role: Role, department=None, government=None):
    user = get_user_model().objects.create(username=f"{role}-{department}", is_staff=True)
    of = government or department.government
    Membership.objects.create(user=user, role=role, government=of, department=department)
    return user


@pytest.fixture
def clerk(disclosure):
    return somebody(Role.CLERK, disclosure.budget.department)


@pytest.fixture
def stated_rows(disclosure):
    """Rows of the clerk's department whose figures are missing, zero, a number and not applicable."""
    disclosure.empty_tables.all().delete()
    return in_every_state(a_unit("130303", "203", "203009"))


def table(resource) -> tablib.Dataset:
    return tablib.Dataset().load(Csv().export_data(resource.export()).decode("utf-8-sig"), format="csv")


def run(resource, dataset: tablib.Dataset, *, dry: bool = False):
    return resource.import_data(dataset, dry_run=dry, rollback_on_validation_errors=True)


def complaints(result) -> str:
    rows = [str(message) for row in result.invalid_rows for message in row.error.messages]
    errors = [str(error.error) for _, found in result.row_errors() for error in found]
    return "".join([*rows, *errors, *(str(error.error) for error in result.base_errors)])


@pytest.mark.parametrize("resource", CLERKS, ids=lambda resource: resource.__name__)
def test_what_goes_out_comes_back_unchanged(clerk, resource, stated_rows):
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


def figures(model) -> list[tuple]:
    """List a model's rows with everything but their numbers in the database."""
    names = [field.attname for field in model._meta.concrete_fields if field.name != "id"]
    return sorted(model.objects.values_list(*names), key=str)


@pytest.mark.parametrize("form", [Csv, Xlsx])
@pytest.mark.parametrize("resource", STATED, ids=lambda resource: resource.__name__)
def test_missing_zero_and_not_applicable_come_back_from_the_file(clerk, stated_rows, resource, form):
    model = resource._meta.model
    data = form().export_data(resource(user=clerk).export())
    before = figures(model)
    model.objects.all().delete()

    result = run(resource(user=clerk), form().create_dataset(data))

    assert complaints(result) == ""
    assert figures(model) == before
    assert len(before) >= 3


@pytest.mark.parametrize("form", [Csv, Xlsx])
def test_a_figure_is_written_as_a_number_a_blank_or_not_applicable(clerk, stated_rows, form):
    data = form().export_data(AssetHoldingResource(user=clerk).export())
    rows = [row for row in form().create_dataset(data).dict if row["单位编码"] == "203009"]
    written = {row["类别"]: row["价值（元）"] for row in rows}

    numbers = (
        {"房屋": "", "车辆": "0.00", "单价在20万元以上设备": "12.50"}
        if form is Csv
        else {"房屋": None, "车辆": 0, "单价在20万元以上设备": 12.5}
    )
    assert written == {**numbers, "其他固定资产": "不适用"}


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("", (None, False)),
        ("０", (Decimal(0), False)),
        ("１，２３４．５", (Decimal("1234.5"), False)),
        (" 不适用 ", (None, True)),
        ("n/a", (None, True)),
        ("Ｎ／Ａ", (None, True)),
    ],
)
def test_a_figure_is_read_as_people_write_it(clerk, stated_rows, typed, stored):
    dataset = table(AssetHoldingResource(user=clerk))
    rows = [{**row, "数量": typed, "价值（元）": typed, "截至日期": "2021年12月31日"} for row in dataset.dict]
    changed = tablib.Dataset(*[list(row.values()) for row in rows], headers=dataset.headers)

    result = run(AssetHoldingResource(user=clerk), changed)
    holdings = AssetHolding.objects.filter(budget__department__code="203")

    assert complaints(result) == ""
    assert set(holdings.values_list("quantity", "quantity_not_applicable")) == {stored}
    assert set(holdings.values_list("value", "value_not_applicable")) == {stored}


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"数量": "三"}, "数量：“三”不是数字。"),
        ({"价值（元）": "无"}, "价值（元）：“无”不是金额"),
        ({"截至日期": "去年底"}, "截至日期：“去年底”不是日期，请写成 2021-12-31。"),
        ({"截至日期": "2021-02-30"}, "不是日期"),
        ({"截至日期": ""}, "请填写这一列。"),
    ],
)
def test_a_wrong_figure_or_day_is_named(clerk, changes, message):
    dataset = table(AssetHoldingResource(user=clerk))
    rows = [{**row, **changes} for row in dataset.dict]

    said = complaints(
        run(
            AssetHoldingResource(user=clerk),
            tablib.Dataset(*[list(row.values()) for row in rows], headers=dataset.headers),
        )
    )

    assert message in said


def test_a_row_that_fills_a_table_declared_empty_is_refused_and_named(clerk):
    dataset = table(ExpenditureLineResource(user=clerk))
    rows = dataset.dict[:3]
    for row in rows[:2]:
        row |= {"资金来源": "政府性基金预算拨款", "功能分类": "2120803"}
    rows[2]["金额（元）"] = "abc"

    result = run(
        ExpenditureLineResource(user=clerk),
        tablib.Dataset(*[list(row.values()) for row in rows], headers=dataset.headers),
        dry=True,
    )

    assert [row.number for row in result.invalid_rows] == [1, 2, 3]
    assert complaints(result).count("《政府性基金预算支出表》已声明为空表，不能再有数据；请先删除空表说明。") == 2


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
