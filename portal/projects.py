"""A project over the years, read from the editions of its department."""

from decimal import Decimal
from typing import NamedTuple, Self

from budgets.models import Government
from budgets.money import MoneyUnit, shown
from disclosure.content import Content, parse
from disclosure.enums import SearchKind
from disclosure.facts import IndicatorFact, ProjectFact
from disclosure.models import Edition, EditionContent, SearchEntry
from disclosure.tables.t10_projects import Projects
from disclosure.tables.t11_goals import PLAN
from portal.absences import Absences
from portal.lineage import Break, Lineages
from portal.standing import standing


class Step(NamedTuple):
    """How much is to be spent by the end of a month."""

    until: str
    share: str


class YearOf(NamedTuple):
    """A project in one year; ``fact`` is None where no document has it, ``published`` tells whether there is one.

    ``note`` says why there is no document, ``breaks`` what changed with the department from the year before.
    """

    year: int
    published: bool
    edition: Edition | None = None
    fact: ProjectFact | None = None
    anchor: str = ""
    source: str = ""
    note: str = ""
    breaks: tuple[Break, ...] = ()


class ProjectPage(NamedTuple):
    """What the page of a project says: the newest year in full, the others by their money."""

    newest: YearOf
    project: ProjectFact
    unit: str
    years: list[YearOf]

    @classmethod
    def of(cls, government: Government, code: str) -> Self | None:
        """Read every standing edition that has the project, in eight queries; None where none has it."""
        found = _editions_with(government.code, code)
        if not found:
            return None
        newest, content = found[0]
        if newest.edition is None or newest.fact is None:
            return None
        lineages, absences = Lineages.of(government.code), Absences.of(government.code)
        lineage = lineages.trace(lineages.newest(newest.edition.department_code))
        of_department = standing(government.code).filter(department_code__in=lineage.codes)
        published = {(one.department_code, one.year) for one in of_department}
        known = {one.year: one for one, _ in found}

        def year_of(year: int) -> YearOf:
            code = lineage.code_in(year)
            there = known.get(year) or YearOf(year, (code, year) in published, note=absences.reason(code, year))
            return there._replace(breaks=tuple(lineage.breaks_in(year)))

        opened = sorted({*government.years.values_list("year", flat=True), *known}, reverse=True)
        years = [year_of(year) for year in opened]
        unit = next((unit.name for unit in content.facts.units if unit.code == newest.fact.unit), "")
        return cls(newest, newest.fact, unit, years)

    @property
    def sentence(self) -> str:
        """Say in one sentence what it is and what it costs."""
        fact, edition = self.project, self.newest.edition
        owner = edition.department_name if edition else ""
        by = f"，由{self.unit}实施" if self.unit and self.unit != owner else ""
        money = f"{self.newest.year}年预算{shown(fact.amount, MoneyUnit.WAN)}万元"
        return f"“{fact.name}”是{owner}的项目{by}，{money}，其中财政资金{shown(fact.fiscal, MoneyUnit.WAN)}万元。"

    @property
    def formula(self) -> str:
        """Say what the money is the sum of; blank where it is all of one sort."""
        return "财政资金 + 其他资金" if self.has_other else ""

    @property
    def parts(self) -> list[tuple[Edition, Decimal]]:
        """Return the editions that say what it costs, with the amount (元), newest first."""
        return [(one.edition, one.fact.amount) for one in self.years if one.edition and one.fact]

    @property
    def has_other(self) -> bool:
        """Tell whether any year has other money than 财政资金."""
        return any(one.fact.other for one in self.years if one.fact)

    @property
    def plan(self) -> list[Step]:
        """Return the spending plan, as far as it is given."""
        steps = zip((label for _, label in PLAN), self.project.plan, strict=True)
        return [Step(label, share) for label, share in steps if share is not None]

    @property
    def indicators(self) -> list[tuple[IndicatorFact, str]]:
        """Return each indicator with the value it promises."""
        return [(one, f"{one.operator}{one.value}{one.measure}") for one in self.project.indicators]


def has_page(content: Content) -> set[str]:
    """Return the codes of the projects in a department's content that have a page; secret ones have no code."""
    return {project.code for project in content.facts.projects if project.code}


def _editions_with(government: str, code: str) -> list[tuple[YearOf, Content]]:
    """Find the editions by the index of search, then the project in their facts; newest first."""
    named = SearchEntry.objects.filter(code=code, kind=SearchKind.PROJECT).order_by()
    contents = EditionContent.objects.filter(
        edition__in=standing(government).order_by().filter(pk__in=named.values("edition"))
    )
    found = []
    for stored in contents.select_related("edition").order_by("-edition__year", "edition__department_code"):
        content = parse(stored.text)
        fact = next((project for project in content.facts.projects if project.code == code), None)
        if fact:
            found.append((_with_source(stored.edition, fact, content), content))
    return found


def _with_source(edition: Edition, fact: ProjectFact, content: Content) -> YearOf:
    """Point to the table that says it: its goal table, or else the list of projects."""
    tables = {table.key: table for table in content.tables}
    table = tables.get(f"goal-{fact.code}") or tables.get(Projects.key)
    anchor, source = (f"#table-{table.key}", table.heading) if table else ("", edition.title)
    return YearOf(edition.year, published=True, edition=edition, fact=fact, anchor=anchor, source=source)
