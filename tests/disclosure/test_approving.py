"""批复日期 and 批复控制数 from a file: read by headings, previewed, stored together or not at all."""

from datetime import date
from decimal import Decimal

import pytest
from boarded import YEAR, a_year, post_in
from walking import crew_of, made_ready, opened

from budgets.enums import Role
from budgets.models import AuditTrail, Budget, ControlFigure
from budgets.readers.files import read_file
from budgets.readers.sheets import Sheet
from disclosure import workflow
from disclosure.board.approving import propose, set_approved_on, store_approvals
from disclosure.board.exports import approvals_page
from disclosure.board.files import workbook
from disclosure.enums import Status
from disclosure.models import Disclosure, Narrative
from disclosure.refusal import RefusalError

HEAD = ["部门编码", "单位编码", "批复日期", "一般公共预算拨款·项目支出（元）"]


@pytest.fixture
def opened_year(db):
    return a_year()


def sheets(*rows, head=HEAD) -> list[Sheet]:
    return [Sheet("批复", [["2026年批复"], list(head), *map(list, rows)])]


def stored(year, boss, *rows, head=HEAD):
    told = sheets(*rows, head=head)
    return store_approvals(year, told, by=boss, seen=propose(year, told).fingerprint)


def dates(year) -> set[date | None]:
    return set(Disclosure.objects.filter(budget__fiscal_year=year).values_list("approved_on", flat=True))


def test_dates_and_figures_are_stored_for_departments_and_units(opened_year):
    year, boss = opened_year

    stored(year, boss, ["101", "", "2026-01-20", "1,000.50"], ["101", "101001", "2026年1月25日", "0"])

    whole, unit = Disclosure.objects.filter(budget__department__code="101").order_by("unit__code")
    assert {whole.approved_on, unit.approved_on} == {date(2026, 1, 20), date(2026, 1, 25)}
    figures = ControlFigure.objects.filter(budget=whole.budget).order_by("unit")
    assert sorted(figures.values_list("amount", flat=True)) == [Decimal("0.00"), Decimal("1000.50")]
    assert AuditTrail.objects.filter(action="approval", actor=boss).count() == 2


def test_the_preview_says_old_and_new_and_a_blank_changes_nothing(opened_year):
    year, boss = opened_year
    stored(year, boss, ["101", "", "2026-01-20", "100"])

    proposal = propose(year, sheets(["101", "", "", "250"], ["102", "", "2026-01-20", ""]))

    assert [(one.whose, one.what, one.before, one.after) for one in proposal.changes] == [
        ("101 部门101", "一般公共预算拨款·项目支出（元）", "100.00", "250.00"),
        ("102 部门102", "批复日期", "—", "2026-01-20"),
    ]


@pytest.mark.parametrize(
    ("head", "cell"),
    [
        ("一般公共预算/项目支出（万元）", "0.1"),
        ("一般公共预算 项目", "1000"),
        ("*一般公共预算拨款·项目支出", "１，０００"),
    ],
)
def test_headings_are_known_by_other_names(opened_year, head, cell):
    year, _ = opened_year

    [change] = propose(year, sheets(["101", cell], head=["部门代码", head])).changes

    assert (change.figure, change.new) == (("general", "project"), Decimal("1000.00"))


def test_every_problem_is_named_by_its_cell_at_once(opened_year):
    year, _ = opened_year
    head = [*HEAD, "去年数", "一般公共预算·项目（元）"]

    proposal = propose(
        year,
        sheets(
            ["999", "", "", ""],
            ["101", "999001", "", ""],
            ["101", "", "2026-13-01", "-5"],
            ["102", "", "2019-01-01", "不适用"],
            ["103", "", "", "1"],
            ["103", "", "", "2"],
            ["", "", "", "3"],
            ["102", "102001", "2099-01-01", ""],
            head=head,
        ),
    )

    assert [problem.partition("：")[0] for problem in proposal.problems] == [
        "工作表“批复”E2",
        "工作表“批复”F2",
        "工作表“批复”C5",
        "工作表“批复”D5",
        "工作表“批复”D6",
        "工作表“批复”第9行",
        "工作表“批复”第3行",
        "工作表“批复”第4行",
        "工作表“批复”第6行",
        "工作表“批复”第8行",
        "工作表“批复”第10行",
    ]


def test_one_problem_and_nothing_is_stored(opened_year):
    year, boss = opened_year

    with pytest.raises(RefusalError, match="文件有1处问题，没有写入任何内容"):
        stored(year, boss, ["101", "", "2026-01-20", "1"], ["999", "", "", "1"])

    assert (dates(year), ControlFigure.objects.filter(budget__fiscal_year=year).count()) == ({None}, 0)


def test_a_preview_that_is_out_of_date_is_not_stored(opened_year):
    year, boss = opened_year
    told = sheets(["101", "", "2026-01-20", ""])
    seen = propose(year, told).fingerprint
    whole = Disclosure.objects.get(budget__department__code="101", unit=None, budget__fiscal_year=year)
    set_approved_on(whole, date(2026, 1, 10), by=boss)

    with pytest.raises(RefusalError, match="预览之后数据有变化"):
        store_approvals(year, told, by=boss, seen=seen)


@pytest.mark.parametrize("role", [Role.PUBLISHER, Role.CLERK, Role.AUDITOR])
def test_only_the_bureau_enters_what_was_approved(opened_year, role):
    year, _ = opened_year
    other = post_in(year.government, role)

    with pytest.raises(RefusalError, match="请由财政审核人办理"):
        stored(year, other, ["101", "", "2026-01-20", ""])

    assert dates(year) == {None}


def test_a_date_is_entered_under_review_and_signatures_stand(disclosure):
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    ready = made_ready(disclosure)
    boss = crew_of(disclosure)[Role.BUREAU_REVIEWER]

    old = set_approved_on(ready, date(2022, 2, 1), by=boss)

    fresh = Disclosure.objects.get(pk=ready.pk)
    assert (old, fresh.approved_on, fresh.status) == (ready.approved_on, date(2022, 2, 1), Status.READY)
    assert workflow.publish(fresh, by=crew_of(disclosure)[Role.PUBLISHER]).number == 2


@pytest.mark.parametrize(("on", "said"), [(date(2099, 1, 1), "还没有到"), (date(2020, 1, 1), "请核对年份")])
def test_an_implausible_date_is_refused(disclosure, on, said):
    with pytest.raises(RefusalError, match=said):
        set_approved_on(disclosure, on, by=crew_of(disclosure)[Role.BUREAU_REVIEWER])


def test_the_template_comes_back_without_a_change(opened_year):
    year, boss = opened_year
    stored(year, boss, ["101", "", "2026-01-20", "12.30"])

    data = workbook([approvals_page(year)])
    proposal = propose(year, read_file("批复.xlsx", data))

    assert (proposal.changes, proposal.problems, proposal.rows) == ([], [], 6)


def test_reading_takes_the_same_number_of_queries_for_few_and_many(opened_year, django_assert_num_queries):
    year, _ = opened_year
    codes = Budget.objects.filter(fiscal_year=year).values_list("department__code", flat=True)

    for rows in ([["101", "", "2026-01-20", "1"]], [[code, "", "2026-01-20", "1"] for code in codes]):
        with django_assert_num_queries(4):
            propose(year, sheets(*rows))
    assert year.year == YEAR
