"""A written past disclosure as the sheets of a workbook: what it can say is proposed, what it cannot is listed."""

from collections.abc import Iterator

from budgets.enums import ProjectCategory
from budgets.models import Project
from budgets.readers.documents import READERS as WRITTEN
from budgets.readers.sheets import Sheet
from disclosure.intake.columns import columns_of
from disclosure.intake.outcome import ADD, CONFIRM, UNUSED
from disclosure.intake.owner import Owner, way_to_whole
from disclosure.intake.past.context import Context
from disclosure.intake.past.proposal import Proposal, Remark, in_wan
from disclosure.intake.past.sheets import Row, rows_of
from disclosure.intake.problems import Problem
from disclosure.intake.recognition import Recognised, recognise
from disclosure.intake.sheets import SheetKind, sheets_of
from disclosure.models import Disclosure

__all__ = ["WRITTEN", "proposed", "unit_codes"]

PROJECT, CATEGORY, UNIT = "项目编码", "项目类别", "单位编码"
UNSORTED = str(ProjectCategory.SPECIFIC.label)
LONGEST_QUOTE = 60


def unit_codes(disclosure: Disclosure) -> dict[str, str]:
    """Return the register's codes by full name, for units that a document prints without one."""
    return dict(disclosure.budget.department.units.values_list("name", "code"))


def proposed(proposal: Proposal, disclosure: Disclosure) -> Recognised:
    """Lay a proposal out as sheets that only add and change; one of somebody else, or of nothing, is refused."""
    if refusals := list(_refusals(proposal, disclosure)):
        return Recognised([], [], refusals, [], [])
    layout = Layout(proposal, disclosure)
    if strangers := list(layout.strangers()):
        return Recognised([], [], strangers, [], [])
    sheets = [layout.sheet(kind) for kind in sheets_of(disclosure)]
    filled = {sheet.name: sheet for sheet in sheets if len(sheet.rows) > 1}
    found = recognise(list(filled.values()), sheets_of(disclosure), Owner.of(disclosure))
    found = found._replace(
        found=[one._replace(partial=True, origins=layout.origins[one.kind.title]) for one in found.found],
        notices=[*layout.doubts(), *layout.additions(), *_passed_over(proposal)],
    )
    return found if filled else found._replace(problems=[NOTHING])


NOTHING = Problem(
    *("", 0, 0, "", "", "没有读出可以导入的内容，这可能不是预算公开文件"),
    "含有单位表、项目绩效目标表或各部分说明的部门预算公开文件",
    "请换成部门预算公开文件，或改用填报模板。",
)


def _refusals(proposal: Proposal, disclosure: Disclosure) -> Iterator[Problem]:
    """Yield what shows that a document is no disclosure, or not this one: its title names department and year."""
    owner, department = Owner.of(disclosure), disclosure.budget.department
    names = [disclosure.unit.name] if disclosure.unit else [department.name, department.full_name]
    stated, year = proposal.department, proposal.year
    title = f"标题写明“{names[0]}{owner.year}年部门预算公开”的文件"
    if not (stated.text and year.text):
        message = "没有找到写明部门和年度的标题，这可能不是预算公开文件，没有导入任何内容"
        yield Problem("", 0, 0, "", "", message, title, "请补上标题后重试，或换成预算公开文件。")
        return
    if year.text != owner.year:
        message = f"这份文件是{year.text}年的，这里是{owner.year}年的预算公开，没有导入任何内容"
        fix = f"请到{year.text}年的预算公开页面导入，或换成{owner.year}年的文件。"
        yield Problem(year.place, 0, 0, "年度", year.text, message, owner.year, fix)
    if not any(_same(stated.text, name) for name in names):
        own = "单位" if disclosure.unit else "部门"
        fix = f"请换成本{own}的文件；确属本{own}的，请把标题中的名称改成“{names[0]}”后重试。"
        if disclosure.unit and any(_same(stated.text, name) for name in (department.name, department.full_name)):
            fix = f"这是整个部门的文件：{way_to_whole(disclosure)}；或换成{names[0]}的文件。"
        message = "这份文件属于别的部门或单位，没有导入任何内容"
        yield Problem(stated.place, 0, 0, "部门", stated.text, message, "、".join(names), fix)


def _same(stated: str, name: str) -> bool:
    """Tell whether a title names somebody: in full among other words, or the end of the full name (“…区委组织部”)."""
    stated, name = "".join(stated.split()), "".join(name.split())
    return name in stated or name.endswith(stated)


class Layout:
    """Lays rows out under our own headers; rows that lack what must be stated are left out and remembered."""

    def __init__(self, proposal: Proposal, disclosure: Disclosure) -> None:
        owner = Owner.of(disclosure)
        self.proposal = proposal
        self.origins: dict[str, dict[int, str]] = {}
        """Title of a sheet → number of a row → where it stands in the document."""
        self._rows = rows_of(Context(proposal, owner.year, owner.department, unit_codes(disclosure), owner.unit))
        self.unit = disclosure.unit
        self.whole = way_to_whole(disclosure)
        self._lacking: list[Problem] = []
        self._left: set[str] = set()
        self._new: list[Row] = []
        self._categories = dict(
            Project.objects.filter(unit__department=disclosure.budget.department).values_list("code", "category")
        )

    def sheet(self, kind: SheetKind) -> Sheet:
        """Return a sheet with what can be stored; header only where there is nothing."""
        rows = self._rows.get(str(kind.model._meta.verbose_name), [])
        if kind.model is Project:
            rows = [self._sorted(row) for row in rows]
        kept = [row for row in rows if self._complete(kind, row)]
        headers = list(kind.resource(user=None).get_export_headers())
        self.origins[kind.title] = {number: row.place for number, row in enumerate(kept, start=2) if row.place}
        return Sheet(kind.title, [headers, *([row.cells[header] for header in headers] for row in kept)])

    def _sorted(self, row: Row) -> Row:
        """Keep the category of a known project; put a new one, whose category no document prints, among 特定目标类."""
        known = self._categories.get(row.cells[PROJECT])
        if known is None:
            self._new.append(row)
        return row._replace(cells={**row.cells, CATEGORY: str(ProjectCategory(known).label) if known else UNSORTED})

    def _complete(self, kind: SheetKind, row: Row) -> bool:
        missing = [column.header for column in columns_of(kind) if column.required and not row.cells[column.header]]
        if missing and kind.model is Project:
            self._left.add(row.cells[PROJECT])
        if not missing and row.cells.get(PROJECT, "") in self._left - {""}:
            missing = [f"可以导入的{PROJECT}"]
        if missing:
            said = "、".join(row.cells[column.header] for column in columns_of(kind) if row.cells[column.header])
            message = f"《{kind.title}》缺少{'、'.join(missing)}，这一行没有导入"
            self._lacking.append(Problem(row.place, 0, 0, ADD, _short(said), message, "", "请在后台或用填报表补充。"))
        return not missing

    def strangers(self) -> Iterator[Problem]:
        """Yield where a unit's document first speaks of each other unit: it belongs on the department's page."""
        unit, first = self.unit, dict[str, tuple[str, Row]]()
        for title, rows in self._rows.items() if unit else ():
            for row in rows:
                first.setdefault(row.cells.get(UNIT, ""), (title, row))
        for code, (title, row) in first.items():
            if unit and code not in {"", unit.code}:
                message = f"《{title}》写的是其他单位（{code}），这里只导入{unit}的，没有导入任何内容"
                fix = f"{self.whole}；只导入本单位的，请删去其他单位的内容后重试。"
                yield Problem(row.place, 0, 0, UNIT, code, message, unit.code, fix)

    def doubts(self) -> Iterator[Problem]:
        """Yield what a person must confirm, new projects' category among it."""
        remarks = list(self.proposal.doubtful)
        if self._new:
            message = f"{len(self._new)}个新项目没有印项目类别，暂列“{UNSORTED}”，请逐个核对。"
            remarks.insert(0, Remark(self._new[0].place, message))
        yield from (_notice(CONFIRM, remark) for remark in remarks)

    def additions(self) -> Iterator[Problem]:
        """Yield what a person must add: what is not printed, the rows left out, income nobody has parted."""
        yield from (_notice(ADD, remark) for remark in self.proposal.missing)
        yield from self._lacking
        for figure in self.proposal.money.revenue:
            if figure.amount and figure.amount.yuan:
                message = f"“{figure.name.text}”{in_wan(figure.amount.yuan)}只有合计，没有导入：请按单位填写收入明细。"
                yield _notice(ADD, Remark(figure.amount.place, message))


def _passed_over(proposal: Proposal) -> Iterator[Problem]:
    for text in proposal.passed_over:
        yield Problem(text.place, 0, 0, UNUSED, _short(text.text), "没有用到这段文字")


def _notice(sort: str, remark: Remark) -> Problem:
    return Problem(remark.place, 0, 0, sort, "", remark.message)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
