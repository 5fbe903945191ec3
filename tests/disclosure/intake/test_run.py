"""A workbook out and in: nothing lost, every problem at once, preview and commit alike, the last import undone."""

import random

import pytest
from django.core.exceptions import ValidationError
from workbooks import a_clerk, clear_facts, fresh, opened, the_book, uploaded

from budgets.models import AuditTrail, Budget, ExpenditureLine, RevenueLine
from disclosure.document import Document
from disclosure.intake.outcome import Ticks
from disclosure.intake.run import IntakeRefusedError, Upload, commit, preview
from disclosure.intake.sheets import sheets_of
from disclosure.intake.template import export
from disclosure.intake.undo import origin_of, undo
from disclosure.models import Disclosure, ImportRun
from disclosure.refusal import RefusalError
from disclosure.sample.government import Plan, make_government

ALL = Ticks(removals=True, strangers=True)


@pytest.fixture
def clerk(disclosure):
    return a_clerk(disclosure)


@pytest.fixture
def book(disclosure, clerk):
    return the_book(disclosure, clerk)


def canonical(disclosure) -> str:
    return Document.of(fresh(disclosure)).canonical


def shuffle(sheet, seed=1):
    """Put the columns of a sheet into another order, below its two lines of title."""
    width = max(cell.column for row in sheet.iter_rows(min_row=3) for cell in row if cell.value is not None)
    order = list(range(1, width + 1))
    random.Random(seed).shuffle(order)  # noqa: S311 (a test's disorder)
    rows = [[sheet.cell(row, at).value for at in order] for row in range(3, sheet.max_row + 1)]
    for number, row in enumerate(rows, start=3):
        for at, value in enumerate(row, start=1):
            sheet.cell(number, at).value = value


def changes(outcome) -> list[int]:
    return [sum(len(getattr(s, sort)) for s in outcome.sheets) for sort in ("added", "changed", "removed")]


def test_what_goes_out_comes_back_unchanged(disclosure, clerk, book):
    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert (outcome.problems, outcome.strangers) == ((), ())
    assert changes(outcome) == [0, 0, 0]
    assert [sheet.title for sheet in outcome.sheets] == [kind.title for kind in sheets_of(disclosure)]


def test_facts_taken_away_come_back_whole(disclosure, clerk, book):
    before = canonical(disclosure)
    clear_facts(disclosure)

    outcome = commit(disclosure, uploaded(book), by=clerk)

    assert canonical(disclosure) == before
    assert outcome.run.added == sum(sheet.used for sheet in outcome.sheets if sheet.title != "项目")
    assert AuditTrail.objects.last().action == "import"


def test_shuffled_columns_and_other_words_lose_nothing(disclosure, clerk, book):
    before = canonical(disclosure)
    for sheet in book.worksheets:
        if sheet.title not in {"填报说明", "代码表"}:
            shuffle(sheet)
            for cell in sheet[3]:
                cell.value = {"单位编码": "预算单位代码", "金额（元）": " 金额 ", "功能分类": "功能科目*"}.get(
                    cell.value, cell.value
                )
    book["收入明细"].title = "3.收入预算表"
    book.move_sheet("支出明细", -3)
    clear_facts(disclosure)

    outcome = commit(disclosure, uploaded(book), by=clerk)

    assert outcome.strangers == ()
    assert canonical(disclosure) == before


@pytest.mark.parametrize("stated", [("部门编码", 4, "204"), ("年度", 6, "2023")])
def test_a_file_of_somebody_else_is_refused(disclosure, clerk, book, stated):
    label, row, value = stated
    assert book["填报说明"].cell(row, 1).value == label
    book["填报说明"].cell(row, 2).value = value

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert [(one.place, one.field, one.value) for one in outcome.problems] == [(f"填报说明!B{row}", label, value)]
    assert outcome.sheets == ()
    with pytest.raises(IntakeRefusedError, match="别的部门"):
        commit(disclosure, uploaded(book), by=clerk, ticks=ALL)


def test_every_problem_is_listed_with_its_cell(disclosure, clerk, book):
    before = canonical(disclosure)
    sheet = book["支出明细"]
    at = {cell.value: cell.column_letter for cell in sheet[3]}
    sheet[f"{at['金额（元）']}5"] = "很多"
    sheet[f"{at['金额（元）']}6"] = -5
    sheet[f"{at['功能分类']}7"] = "2999999"
    sheet[f"{at['支出类别']}8"] = "别的"
    sheet[f"{at['金额（元）']}9"] = None
    book["固定资产"]["A4"] = "999999"

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert [one.place for one in outcome.problems] == [
        f"支出明细!{at['金额（元）']}5",
        f"支出明细!{at['金额（元）']}6",
        f"支出明细!{at['功能分类']}7",
        f"支出明细!{at['支出类别']}8",
        f"支出明细!{at['金额（元）']}9",
        "固定资产!A4",
    ]
    assert all(one.message and one.expected and one.fix for one in outcome.problems)
    with pytest.raises(IntakeRefusedError):
        commit(disclosure, uploaded(book), by=clerk, ticks=ALL)
    assert canonical(disclosure) == before
    assert not ImportRun.objects.exists()


def test_rows_left_out_go_only_when_ticked(disclosure, clerk, book):
    sheet = book["收入明细"]
    sheet.delete_rows(4)
    lines = RevenueLine.objects.filter(budget=disclosure.budget)
    there = lines.count()

    with pytest.raises(IntakeRefusedError, match="1行将被删除"):
        commit(disclosure, uploaded(book), by=clerk)
    assert lines.count() == there
    outcome = commit(disclosure, uploaded(book), by=clerk, ticks=ALL)

    assert outcome.run.removed == 1
    assert lines.count() == there - 1


def test_preview_and_commit_say_the_same(disclosure, clerk, book):
    before = canonical(disclosure)
    sheet = book["支出明细"]
    amount = next(cell.column for cell in sheet[3] if cell.value == "金额（元）")
    sheet.cell(4, amount).value = 12345.67
    sheet.delete_rows(9)

    seen = preview(disclosure, uploaded(book), by=clerk)
    assert canonical(disclosure) == before
    done = commit(disclosure, uploaded(book), by=clerk, ticks=ALL, seen=seen.digest)

    assert done._replace(run=None) == seen
    assert changes(seen) == [0, 1, 1]
    [change] = next(one for one in seen.sheets if one.title == "支出明细").changed
    assert [(cell.header, cell.new) for cell in change.cells] == [("金额（元）", "12345.67")]


def test_a_preview_that_no_longer_holds_is_refused(disclosure, clerk, book):
    seen = preview(disclosure, uploaded(book), by=clerk)
    line = ExpenditureLine.objects.filter(budget=disclosure.budget).first()
    ExpenditureLine.objects.filter(pk=line.pk).update(amount=1)

    with pytest.raises(IntakeRefusedError, match="预览之后"):
        commit(disclosure, uploaded(book), by=clerk, seen=seen.digest)


def test_an_import_is_undone_until_somebody_edits(disclosure, clerk, book):
    before = canonical(disclosure)
    for name, row in (("支出明细", 4), ("项目绩效目标", 4), ("空表说明", 4)):
        book[name].delete_rows(row)
    sheet = book["绩效目标"], book["绩效指标"]
    gone = book["项目绩效目标"]
    kept = {gone.cell(row, 1).value for row in range(4, gone.max_row + 1)}
    for one in sheet:
        for row in range(one.max_row, 3, -1):
            if one.cell(row, 1).value and one.cell(row, 1).value not in kept:
                one.delete_rows(row)
    run = commit(disclosure, uploaded(book), by=clerk, ticks=ALL).run
    assert run.removed > 2
    assert canonical(disclosure) != before

    line = ExpenditureLine.objects.filter(budget=disclosure.budget).first()
    ExpenditureLine.objects.filter(pk=line.pk).update(amount=line.amount + 1)
    with pytest.raises(RefusalError, match="又有修改"):
        undo(run, by=clerk)
    ExpenditureLine.objects.filter(pk=line.pk).update(amount=line.amount)
    undo(run, by=clerk)

    assert canonical(disclosure) == before
    with pytest.raises(RefusalError, match="已经撤销"):
        undo(run, by=clerk)
    assert AuditTrail.objects.last().action == "undo_import"


def test_each_figure_leads_to_its_cell(disclosure, clerk, book):
    clear_facts(disclosure)
    upload = uploaded(book)
    run = commit(disclosure, upload, by=clerk).run
    line = ExpenditureLine.objects.filter(budget=disclosure.budget).last()

    origin = origin_of(line, "amount")

    assert (origin.run, origin.sheet) == (run, "支出明细")
    assert opened(run.read())[origin.sheet][origin.cell].value == pytest.approx(float(line.amount))
    assert (run.by, run.size) == (clerk, len(upload.data))


def test_a_row_pasted_twice_is_refused_and_two_that_share_all_codes_are_not(disclosure, clerk, book):
    sheet = book["支出明细"]
    amount = next(cell.column for cell in sheet[3] if cell.value == "金额（元）")
    last = 3 + ExpenditureLine.objects.filter(budget=disclosure.budget).count()
    for at in range(1, amount + 12):
        sheet.cell(last + 1, at).value = sheet.cell(last, at).value

    [problem] = preview(disclosure, uploaded(book), by=clerk).problems
    sheet.cell(last + 1, amount).value += 1
    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert (problem.place, problem.message) == (f"支出明细!第{last + 1}行", f"与第{last}行重复，请合并，或用名称区分")
    assert (outcome.problems, changes(outcome)) == ((), [1, 0, 0])


def test_what_nobody_knows_is_listed_and_needs_a_tick(disclosure, clerk, book):
    book.create_sheet("备忘")["A1"] = "记得问财政"
    sheet = book["收入明细"]
    sheet.cell(3, 12).value, sheet.cell(4, 12).value = "我的备注", "核对过"

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert [one.place for one in outcome.strangers] == ["收入明细!L3", "备忘"]
    with pytest.raises(IntakeRefusedError, match="未识别"):
        commit(disclosure, uploaded(book), by=clerk)
    assert commit(disclosure, uploaded(book), by=clerk, ticks=Ticks(strangers=True)).run


def test_amounts_in_wan_are_turned_into_yuan(disclosure, clerk, book):
    sheet = book["收入明细"]
    amount = next(cell for cell in sheet[3] if cell.value == "金额（元）")
    amount.value = "金额（万元）"
    for row in range(4, 4 + RevenueLine.objects.filter(budget=disclosure.budget).count()):
        sheet.cell(row, amount.column).value = f"{sheet.cell(row, amount.column).value / 10000:.6f}"

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert (outcome.problems, changes(outcome)) == ((), [0, 0, 0])


def test_a_workbook_of_one_unit_holds_its_rows_alone(disclosure, clerk):
    unit = disclosure.budget.department.units.order_by("code").first()
    own = Disclosure.objects.create(budget=disclosure.budget, unit=unit)
    book = opened(export(own, by=clerk))
    assert preview(own, uploaded(book), by=clerk).problems == ()
    book["收入明细"]["A4"] = "203999"
    others = ExpenditureLine.objects.filter(budget=disclosure.budget).exclude(unit=unit).count()

    [problem] = preview(own, uploaded(book), by=clerk).problems
    del book["收入明细"]
    commit(own, uploaded(book), by=clerk)

    assert problem.place == "收入明细!A4"
    assert ExpenditureLine.objects.filter(budget=disclosure.budget).exclude(unit=unit).count() == others
    assert [one.place for one in preview(disclosure, uploaded(book), by=clerk).problems][:1] == ["填报说明!B5"]


def test_a_sheet_that_is_not_there_touches_nothing(disclosure, clerk, book):
    del book["支出明细"]
    before = canonical(disclosure)

    commit(disclosure, uploaded(book), by=clerk)

    assert canonical(disclosure) == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_one_sheet_as_text(disclosure, clerk, book, encoding):
    rows = [[str(cell) if cell is not None else "" for cell in row] for row in book["收入明细"].values]
    text = "\n".join(",".join(row).rstrip(",") for row in rows if any(row))
    RevenueLine.objects.filter(budget=disclosure.budget).delete()
    before = Budget.objects.get(pk=disclosure.budget_id).version

    outcome = commit(disclosure, Upload("收入.csv", text.encode(encoding)), by=clerk)

    assert outcome.run.added == RevenueLine.objects.filter(budget=disclosure.budget).count() > 0
    assert Budget.objects.get(pk=disclosure.budget_id).version == before + 1


def test_a_failed_import_always_says_why(disclosure, clerk):
    for data in (b"", b"a,b\n1,2\n", b"PK\x03\x04", "年度,部门编码\n2022,203\n".encode()):
        for name in ("x.csv", "x.xlsx"):
            with pytest.raises((ValidationError, IntakeRefusedError)) as refused:
                commit(disclosure, Upload(name, data), by=clerk)
            assert any("\u4e00" <= letter <= "\u9fff" for letter in str(refused.value))
    assert str(IntakeRefusedError(())) != ""


def test_somebody_else_cannot_import(disclosure, book):
    stranger = a_clerk(disclosure, "外人")
    stranger.memberships.all().delete()

    with pytest.raises(RefusalError, match="经办人"):
        preview(disclosure, uploaded(book), by=stranger)


@pytest.mark.parametrize("seed", [3, 11])
def test_governments_of_chance_go_out_and_come_back(db, seed):
    government = make_government(Plan(departments=3, years=1, seed=seed))
    for disclosure in Disclosure.objects.filter(budget__fiscal_year__government=government, unit=None):
        clerk, before = a_clerk(disclosure), canonical(disclosure)
        upload = Upload("表.xlsx", export(disclosure, by=clerk))
        outcome = preview(disclosure, upload, by=clerk)
        assert (outcome.problems, outcome.strangers, changes(outcome)) == ((), (), [0, 0, 0])
        clear_facts(disclosure)

        run = commit(disclosure, upload, by=clerk).run

        assert canonical(disclosure) == before
        undo(run, by=clerk)
        assert changes(preview(disclosure, upload, by=clerk))[0] > 0
