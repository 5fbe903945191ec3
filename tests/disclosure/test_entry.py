"""Grids: rows are read as a workbook's are, merged cell by cell, stored all or nothing; blocks are matched by code."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from gridded import LINE, a_clerk, a_line, table
from walking import opened

from budgets.models import AuditTrail, Budget, ExpenditureLine, ProcurementCatalogue, Unit
from budgets.money import ZERO
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of
from disclosure.entry.merging import CHANGED, DELETED, UNCHOSEN
from disclosure.entry.pasting import paste
from disclosure.entry.rows import blank_rows
from disclosure.entry.saving import EntryRefusedError, save
from disclosure.entry.sums import Balance, balance_of, sums_of
from disclosure.models import Contribution, Disclosure, EmptyTable
from disclosure.refusal import RefusalError

AMOUNT = "金额（元）"


@pytest.fixture
def draft(disclosure) -> Disclosure:
    """The sample's draft, opened by a correction."""
    return opened(disclosure)


@pytest.fixture
def clerk(draft):
    return a_clerk(draft)


@pytest.fixture
def kind(draft):
    return grids_of(draft)["expenditureline"]


@pytest.fixture
def grid(draft, kind, clerk) -> Grid:
    return Grid(draft, kind, clerk)


def refusal_of(draft, kind, rows, clerk) -> list[dict[str, list[str]]]:
    with pytest.raises(EntryRefusedError) as refused:
        save(draft, kind, rows, by=clerk)
    return [row.wrong for row in refused.value.rows if row.wrong]


@pytest.mark.parametrize("key", ["unitprofile", "project", "expenditureline", "threepubliccost", "indicator"])
def test_what_is_stored_is_typed_back_without_a_change(draft, clerk, key):
    kind = grids_of(draft)[key]
    rows = Grid(draft, kind, clerk).rows()
    for row in rows:
        row.seen = {}

    saved = save(draft, kind, rows, by=clerk)

    assert (saved.added, saved.changed, saved.removed) == (0, 0, 0)


def test_a_typed_row_is_stored_with_version_witness_and_trail(draft, kind, grid, clerk):
    [row] = blank_rows([], grid.defaults(), 1)
    row.cells |= {**LINE, AMOUNT: "１，２３４．５０"}
    version = Budget.objects.get(pk=draft.budget_id).version

    saved = save(draft, kind, [row], by=clerk)

    line = ExpenditureLine.objects.get(pk=saved.keys["n1"])
    trail = AuditTrail.objects.order_by("pk").last()
    detail = json.loads(trail.detail)
    assert str(line.amount) == "1234.50"
    assert Budget.objects.get(pk=draft.budget_id).version == version + 1
    assert Contribution.objects.filter(by=clerk, budget=draft.budget, unit=line.unit).count() == 1
    assert (trail.action, trail.subject, trail.actor) == ("fill_in", f"disclosure:{draft.pk}", clerk)
    assert (detail["counts"], detail["rows"][0]["changes"]["amount"]) == ({"add": 1}, ["", "1234.50"])


@pytest.mark.parametrize(
    ("header", "text", "said"),
    [
        (AMOUNT, "一百", "“一百”不是金额，请填写数字，例如 1090.88。"),
        (AMOUNT, "1,23", "“1,23”的逗号不在千分位上，请核对是不是小数点，例如 1,090.88。"),
        (AMOUNT, "", "请填写这一列。"),
        ("功能分类", "2999999", "支出功能分类中没有编码“2999999”。"),
        ("支出类别", "项目支出", "项目支出必须选择项目，其他支出不能选择项目。"),
        ("支出类别", "", "请填写这一列。"),
    ],
)
def test_what_cannot_be_stored_is_said_at_its_cell_and_nothing_is_stored(grid, clerk, header, text, said):
    draft, kind = grid.disclosure, grid.kind
    rows = [*grid.rows(), *blank_rows([], grid.defaults(), 2)]
    rows[0].cells[AMOUNT] = "7"
    rows[-1].cells |= {**LINE, header: text}

    wrong = refusal_of(draft, kind, rows, clerk)

    assert wrong[0][header][0] == said
    assert not ExpenditureLine.objects.filter(budget=draft.budget, amount="7").exists()


def test_codes_are_taken_in_full_width_digits(draft, kind, grid, clerk):
    [row] = blank_rows([], grid.defaults(), 1)
    row.cells.update({**LINE, "部门经济分类": "３０１０１　基本工资", "单位编码": "２０３００１"})

    saved = save(draft, kind, [row], by=clerk)

    assert saved.added == 1


def test_rows_that_are_not_sent_stay_and_ticked_ones_go(draft, kind, grid, clerk):
    row = grid.rows()[0]
    row.gone = True
    before = ExpenditureLine.objects.filter(budget=draft.budget).count()

    saved = save(draft, kind, [row], by=clerk)

    assert saved.removed == 1
    assert ExpenditureLine.objects.filter(budget=draft.budget).count() == before - 1


def test_a_row_with_others_below_it_is_not_deleted(draft, clerk):
    kind = grids_of(draft)["projectgoal"]
    row = Grid(draft, kind, clerk).rows()[0]
    row.gone = True

    [wrong] = refusal_of(draft, kind, [row], clerk)

    assert wrong[""] == ["不能删除：它下面还有绩效指标、绩效目标，请先删除那些行"]


def test_the_same_row_twice_is_refused_with_its_number(draft, clerk):
    kind = grids_of(draft)["revenueline"]
    grid = Grid(draft, kind, clerk)
    rows = [*grid.rows(), *blank_rows([], grid.defaults(), 1)]
    rows[-1].cells = dict(rows[0].cells)

    [wrong] = refusal_of(draft, kind, rows, clerk)

    assert wrong[""] == ["与第1行重复，请合并，或用名称区分"]


def test_two_people_at_different_cells_both_keep_what_they_typed(draft, kind, grid, clerk):
    row = grid.rows()[0]
    row.cells[AMOUNT] = "5.00"
    ExpenditureLine.objects.filter(pk=row.key).update(label="别人写的")

    save(draft, kind, [row], by=clerk)

    line = ExpenditureLine.objects.get(pk=row.key)
    assert (str(line.amount), line.label) == ("5.00", "别人写的")


def test_two_people_at_one_cell_see_both_values_and_choose(draft, kind, grid, clerk):
    row = grid.rows()[0]
    row.cells[AMOUNT] = "5.00"
    ExpenditureLine.objects.filter(pk=row.key).update(amount="6.00")

    wrong = refusal_of(draft, kind, [row], clerk)
    assert wrong == [{AMOUNT: ["别人刚才改成了“6.00”，请选择保留哪一个"]}]
    assert (row.cells[AMOUNT], row.theirs) == ("5.00", {AMOUNT: "6.00"})

    row.wrong = {}
    assert refusal_of(draft, kind, [row], clerk) == [{AMOUNT: [UNCHOSEN]}]

    row.wrong, row.undecided = {}, set()
    save(draft, kind, [row], by=clerk)
    assert str(ExpenditureLine.objects.get(pk=row.key).amount) == "5.00"


def test_a_row_that_somebody_else_deleted_is_offered_again(draft, kind, grid, clerk):
    row = grid.rows()[0]
    row.cells[AMOUNT] = "5.00"
    ExpenditureLine.objects.filter(pk=row.key).delete()

    [wrong] = refusal_of(draft, kind, [row], clerk)
    row.wrong = {}
    saved = save(draft, kind, [row], by=clerk)

    assert wrong == {"": [DELETED]}
    assert saved.added == 1


def test_a_row_that_somebody_else_changed_is_not_deleted_unseen(draft, kind, grid, clerk):
    row = grid.rows()[0]
    row.gone = True
    ExpenditureLine.objects.filter(pk=row.key).update(amount="6.00")

    [wrong] = refusal_of(draft, kind, [row], clerk)

    assert wrong == {"": [CHANGED]}
    assert row.cells[AMOUNT] == "6.00"


def test_nobody_writes_in_a_locked_draft_or_in_anothers(disclosure, clerk, django_user_model):
    kind = grids_of(disclosure)["expenditureline"]
    stranger = django_user_model.objects.create(username="外人", is_staff=True)
    Disclosure.objects.filter(pk=disclosure.pk).update(status="department_review")

    for user in (clerk, stranger):
        with pytest.raises(RefusalError):
            save(disclosure, kind, [], by=user)


def test_a_table_that_is_declared_empty_takes_no_rows_and_says_why(draft, clerk):
    kind = grids_of(draft)["procurementitem"]
    declared = EmptyTable.objects.filter(disclosure=draft, table="procurement")
    assert declared.exists()
    grid = Grid(draft, kind, clerk)
    [row] = blank_rows([], grid.defaults(), 1)
    row.cells |= {"单位编码": "203001", "采购物品名称": "打印机", "采购类型": "货物", "组织形式": "集中采购"}
    row.cells |= {"资金来源": "一般公共预算拨款", AMOUNT: "5000"}
    row.cells["采购品目"] = ProcurementCatalogue.objects.create(code="A0201", name="设备", vintage=2022).code

    [wrong] = refusal_of(draft, kind, [row], clerk)

    assert "空表" in "".join(said for saids in wrong.values() for said in saids)


def test_a_block_is_matched_by_code_in_any_order(grid):
    rows = grid.rows()
    first, second = rows[0], rows[1]
    block = table([{**second.cells, AMOUNT: "2"}, {**first.cells, AMOUNT: "１"}], keys_last=True)

    pasted = paste(grid, rows, block)

    assert (pasted.changed, pasted.added, pasted.refused) == (2, 0, [])
    assert (first.cells[AMOUNT], second.cells[AMOUNT]) == ("1.00", "2.00")
    assert [row.key for row in rows if row.pasted] == [first.key, second.key]


def test_unknown_codes_are_refused_at_their_cells_with_the_row_of_the_block(grid):
    rows = grid.rows()
    block = table([{**rows[0].cells, AMOUNT: "1"}, {**LINE, "功能分类": "2999999", AMOUNT: "2"}])

    pasted = paste(grid, rows, block)

    [row] = [row for row in pasted.rows if row.wrong]
    assert row.wrong == {"功能分类": ["支出功能分类中没有编码“2999999”。（粘贴的第3行）"]}
    assert row.cells["功能分类"] == "2999999"


def test_headings_may_be_merged_and_in_wan_totals_are_left_out_blanks_leave_what_stands(grid):
    rows = grid.rows()
    cells = rows[0].cells
    text = (
        "单位编码\t支出类别\t科目\t\t资金来源\t金额（万元）\n"
        "\t\t功能分类\t部门经济分类\t\t\n"
        f"203001\t{cells['支出类别']}\t{cells['功能分类']} 行政运行\t{cells['部门经济分类']}\t{cells['资金来源']}"
        "\t（1,234.5）\n"
        "合计\t\t\t\t\t1234.5\n\n"
    )

    pasted = paste(grid, rows, text)

    assert pasted.changed == 1
    assert (rows[0].cells[AMOUNT], rows[0].cells["明细名称"]) == ("-12345000.00", cells["明细名称"])
    assert pasted.notes == ["粘贴的第4行没有用：合计行，由系统加总。"]


def test_wan_with_a_comma_out_of_place_is_refused_not_multiplied(grid):
    rows = grid.rows()
    block = table([{**rows[0].cells, AMOUNT: "1,23"}]).replace(AMOUNT, "金额（万元）")

    pasted = paste(grid, rows, block)

    [row] = [row for row in pasted.rows if row.wrong]
    assert row.wrong[AMOUNT][0].startswith("“1,23万元”")


def test_without_headings_the_columns_run_on_from_the_one_that_was_chosen(grid):
    rows = grid.rows()
    headers = grid.headers[: grid.headers.index(AMOUNT) + 1]
    line = "\t".join("9.90" if header == AMOUNT else rows[3].cells[header] for header in headers)

    pasted = paste(grid, rows, line + "\r\n", headers[0])

    assert (pasted.changed, pasted.added, rows[3].cells[AMOUNT]) == (1, 0, "9.90")


@pytest.mark.parametrize(
    ("text", "start", "said"),
    [
        ("\n\n", "", "没有粘贴任何内容"),
        ("金额\t政府经济分类\n5\t\n", "", "粘贴的内容里没有能认出是哪一行的列"),
        ("5\n6\n", AMOUNT, "粘贴的内容里没有能认出是哪一行的列"),
        ("1\t2\t3\n", "政府经济分类", "粘贴的内容比表格宽"),
        ("部门编码\t单位编码\t金额\n999\t203001\t5\n", "", "粘贴的第2行写的部门编码是“999”"),
    ],
)
def test_a_block_that_cannot_be_laid_changes_nothing(grid, text, start, said):
    rows = grid.rows()

    with pytest.raises(RefusalError) as refused:
        paste(grid, rows, text, start)

    assert said in str(refused.value)
    assert not any(row.touched for row in rows)


def test_a_pasted_row_that_may_mean_several_is_not_used(grid):
    rows = grid.rows()

    pasted = paste(grid, rows, "单位编码\t金额\n203001\t5\n")

    assert pasted.changed == 0
    assert pasted.refused[0].startswith("粘贴的第2行没有用上：表里有")


def test_totals_are_exact_and_say_how_far_income_and_spending_are_apart(draft, kind, grid):
    rows = grid.rows()
    total = sums_of(kind, rows)[AMOUNT]
    rows[0].cells[AMOUNT] = str(Grid.cells(grid, grid.stored[rows[0].key])[AMOUNT])

    even = balance_of(draft, kind, sums_of(kind, rows))
    apart = balance_of(draft, kind, {AMOUNT: total + 558000})

    assert str(even) == "收入合计与支出合计（含结转下年）相等。"
    assert str(apart) == "收入合计比支出合计（含结转下年）少 55.80 万元。"
    assert balance_of(draft, grids_of(draft)["assetholding"], {}) is None


def test_a_grid_of_a_year_without_figures_claims_no_balance():
    assert str(Balance("金额（元）", -1, ZERO, ZERO)) == "收入和支出都还没有填写。"


@pytest.mark.parametrize("count", [1, 50])
def test_saving_takes_the_same_number_of_queries_however_many_rows(draft, kind, clerk, count):
    unit = Unit.objects.get(code="203001")
    for number in range(count):
        a_line(draft, unit, f"明细{number}")
    rows = [row for row in Grid(draft, kind, clerk).rows() if row.cells["明细名称"].startswith("明细")]
    for row in rows:
        row.cells[AMOUNT] = "3.21"

    with CaptureQueriesContext(connection) as queries:
        saved = save(draft, kind, rows, by=clerk)

    assert saved.changed == count
    assert len(queries) == 34
