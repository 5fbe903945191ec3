"""What is handed out from the board: the grid as it is shown, and the form for what was approved, filled in."""

from collections.abc import Sequence

from budgets.enums import Kind, Source
from budgets.models import FiscalYear
from disclosure.board.approval_sheets import APPROVED_ON, DEPARTMENT, UNIT_CODE, figure_name
from disclosure.board.approving import departments_of, known_of
from disclosure.board.files import Page
from disclosure.board.grid import Line
from disclosure.enums import Status

USUAL = tuple(
    (source.value, kind.value)
    for source in (Source.GENERAL, Source.FUND, Source.CAPITAL)
    for kind in (Kind.PERSONNEL, Kind.PUBLIC, Kind.PROJECT)
)
"""The figures every form has a column for."""
HEADERS = (
    "部门编码",
    "部门",
    "单位编码",
    "单位",
    "状态",
    "批复日期",
    "公开期限",
    "公开日期",
    "剩余天数",
    "时限情况",
    "错误",
    "警告",
    "未说明的警告",
    "检查情况",
    "未处理意见",
    "定时公开",
    "紧急公开待确认",
    "最近办理",
    "办理人",
    "办理时间",
)


def grid_page(year: FiscalYear, lines: Sequence[Line]) -> Page:
    """Return the grid as a sheet."""
    return Page(f"{year.year}年公开进度", HEADERS, [_row(line) for line in lines])


def _row(line: Line) -> tuple[object, ...]:
    unit, clock, audited = line.unit, line.clock, line.audited
    is_scheduled = line.disclosure is not None and line.disclosure.status == Status.READY
    return (
        line.department.code,
        line.department.name,
        unit.code if unit else "",
        unit.name if unit else "",
        line.state_name,
        clock.approved_on,
        clock.due_on,
        clock.published_on,
        line.days_left,
        clock.state.label if line.is_due else "",
        line.errors if audited.at else None,
        audited.warnings if audited.at else None,
        line.unexplained if audited.at else None,
        audited.doubt if line.disclosure else "",
        line.remarks,
        line.disclosure.publish_at if is_scheduled and line.disclosure else None,
        line.urgent,
        line.last.get_act_display() if line.last else "",
        str(line.last.by) if line.last else "",
        line.last_at,
    )


def approvals_page(year: FiscalYear) -> Page:
    """Return the form for 批复日期 and 批复控制数, with all that is stored."""
    known = known_of(year)
    used = {figure for figures in known.figures.values() for figure in figures}
    extra = sorted(used.difference(USUAL), key=lambda one: (Source.values.index(one[0]), Kind.values.index(one[1])))
    columns = (*USUAL, *extra)
    rows = []
    for department, unit, budget in departments_of(known):
        key = budget.pk, unit.pk if unit else None
        disclosure, figures = known.disclosures.get(key), known.figures.get(key, {})
        if unit and disclosure is None and not figures:
            continue
        names = (department.code, department.name, unit.code if unit else "", unit.name if unit else "")
        day = disclosure.approved_on if disclosure else None
        rows.append((*names, day, *(figures.get(column) for column in columns)))
    heads = (DEPARTMENT, "部门名称", UNIT_CODE, "单位名称", APPROVED_ON, *(figure_name(*one) for one in columns))
    return Page("批复", heads, rows)
