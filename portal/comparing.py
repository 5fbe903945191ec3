"""Up to eight departments side by side in one year: figures of one phase and one scope, or a word why not."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple, Self

from django.db.models.functions import Length

from budgets.models import Department, FiscalYear, Unit
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionLine
from portal.absences import outside
from portal.listing import DepartmentSummary, summaries
from portal.schemes import SCHEMES
from portal.standing import standing

MOST = 8
HEADLINES = {
    "total": "预算支出",
    "revenue": "预算收入",
    "basic": "基本支出",
    "project": "项目支出",
    "three_public": "“三公”经费",
    "operating_costs": "机关运行经费",
}


class Line(NamedTuple):
    """One figure of every department that is compared (元), in their order."""

    code: str
    name: str
    amounts: list[Decimal | None]


class Choice(NamedTuple):
    """A department that can be chosen."""

    code: str
    name: str
    chosen: bool


class Comparison(NamedTuple):
    """The departments side by side, those that can be chosen, and why some are not shown."""

    choices: list[Choice]
    editions: list[Edition]
    headlines: list[Line]
    classes: list[Line]
    problems: list[str]

    @property
    def width(self) -> int:
        """Count the columns."""
        return len(self.editions) + 1

    @classmethod
    def of(cls, year: FiscalYear, wanted: list[str]) -> Self:
        """Compare ``wanted`` department codes; the first eight in the order of codes, in nine queries at most."""
        codes = sorted(set(wanted))
        rows = summaries(year)
        problems = _problems(year, codes, {row.code: row for row in rows})
        if len(codes) > MOST:
            problems.insert(0, f"一次最多比较{MOST}个部门，您选了{len(codes)}个，只列出前{MOST}个。请去掉几个再比。")
        found = standing(year.government.code).filter(year=year.year, department_code__in=codes[:MOST])
        editions = list(found)
        choices = [Choice(row.code, row.name, row.code in codes) for row in rows if row.published_at]
        return cls(choices, editions, _headlines(editions), _classes(editions), problems)


def _problems(year: FiscalYear, codes: Iterable[str], rows: dict[str, DepartmentSummary]) -> list[str]:
    """Say of each code that cannot be compared why."""
    units = {
        unit.code: unit
        for unit in Unit.objects.filter(department__government=year.government, code__in=codes).select_related(
            "department"
        )
    }
    register = Department.objects.filter(government=year.government, code__in=codes)
    departments = {one.code: one for one in register}
    found = []
    for code in codes:
        row, unit = rows.get(code), units.get(code)
        if row and not row.published_at:
            found.append(f"{row.name}{year.year}年部门预算{_why(row)}，没有可以比较的数。")
        elif unit:
            found.append(
                f"{unit.name}（{code}）是{unit.department.name}的所属单位。单位预算与部门预算口径不同，不放在一起比较。"
            )
        elif code in departments and row is None:
            one = departments[code]
            found.append(f"{one.name}{outside(one, year.year)}，{year.year}年没有可以比较的数。")
        elif row is None:
            found.append(f"{year.year}年没有编码为“{code[:15]}”的部门。")
    return found


def _why(row: DepartmentSummary) -> str:
    if row.withdrawn_at:
        return "已撤下"
    return str(row.exemption.get_kind_display()) if row.exemption else "尚未公开"


def _headlines(editions: list[Edition]) -> list[Line]:
    lines = EditionLine.objects.filter(edition__in=editions, table=HEADLINE, column__in=HEADLINES)
    known = {(line.column, line.edition_id): line.amount for line in lines}
    found = [Line("", name, [known.get((key, one.pk)) for one in editions]) for key, name in HEADLINES.items()]
    return [line for line in found if any(amount is not None for amount in line.amounts)]


def _classes(editions: list[Edition]) -> list[Line]:
    """Return the functional classes (类) that any of them has."""
    scheme = SCHEMES["functions"]
    rows = EditionLine.objects.filter(edition__in=editions, table=scheme.table, column="total")
    lines = list(rows.annotate(digits=Length("code")).filter(digits=scheme.digits[0]).order_by("code"))
    known = {(line.code, line.edition_id): line.amount for line in lines}
    names = {line.code: line.name for line in lines}
    return [Line(code, name, [known.get((code, one.pk)) for one in editions]) for code, name in names.items()]
