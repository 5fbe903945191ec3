"""Four years of spending on a department's or a unit's page: what the document says, then what editions say."""

from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from budgets.money import MoneyUnit, rate, shown
from disclosure.content import Content
from disclosure.facts import Figure as Known
from disclosure.facts import exact
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionLine
from portal.absences import Absences
from portal.lineage import Break, Lineage, Lineages
from portal.publication import Place
from portal.standing import current

BEFORE = 3
"""How many years before this one stand beside it."""
UNKNOWN = "本文件没有这一年的数"
PLACE = tuple(f"edition__{name}" for name in Place._fields)


class YearRow(NamedTuple):
    """A year's spending and what changed from the year before, as printed; ``note`` where there is no figure.

    ``breaks`` are what stands between this year and the one before it; ``edition`` is where the figure was looked up
    where the document itself does not say it.
    """

    year: int
    total: str
    change: str
    note: str
    breaks: tuple[Break, ...] = ()
    edition: Place | None = None


class Past:
    """What is known beside a document: under which code its publisher published, what, and why not; read when asked."""

    def __init__(self, edition: Edition) -> None:
        self.edition, self.sort = edition, "unit" if edition.unit_code else "department"
        lineages = Lineages.of(edition.government_code, self.sort)
        self.lineage: Lineage = lineages.trace(edition.unit_code or edition.department_code)

    @cached_property
    def editions(self) -> dict[int, tuple[Place, Decimal | None]]:
        """Where the years before were published and what is said there, in one query."""
        government, sort, lineage = self.edition.government_code, self.sort, self.lineage
        years = range(self.edition.year - BEFORE, self.edition.year)
        lines = EditionLine.objects.filter(
            edition__in=current(government).filter(year__in=years, **{f"{sort}_code__in": lineage.codes}),
            table=HEADLINE,
            column="total",
        )
        wanted = lines if self.edition.unit_code else lines.filter(edition__unit_code="")
        named = wanted.order_by("edition__department_code").values_list(*PLACE, "amount")
        places = ((Place(*found), amount) for *found, amount in named)
        return {
            place.year: (place, amount)
            for place, amount in places
            if (place.unit_code or place.department_code) == lineage.code_in(place.year)
        }

    def reason(self, year: int) -> str:
        """Say why there is no figure of a year: for a department in four queries, however many years are asked for."""
        known = self._absences.reason(self.lineage.code_in(year), year) if self.sort == "department" else ""
        return known or UNKNOWN

    @cached_property
    def _absences(self) -> Absences:
        return Absences.of(self.edition.government_code, self.lineage.codes)


def four_years(content: Content, past: Past | None = None) -> list[YearRow]:
    """Return this year and three before it, newest first; a year without a figure is told as such.

    What the document says goes before what editions say; without ``past`` nothing is looked up.
    """
    known: dict[int, Known] = {one.year: exact(one.total) for one in content.facts.years}
    known.setdefault(content.year - 1, exact(content.facts.expenditure.previous.total))
    known[content.year] = content.facts.expenditure.total
    own = {year for year, figure in known.items() if figure is not None}
    years = [content.year - back for back in range(BEFORE + 1)]
    if past and not own.issuperset(years):
        known |= {year: amount for year, (_, amount) in past.editions.items() if year not in own}
    return [_row(known, year, own, past) for year in years]


def _row(known: dict[int, Known], year: int, own: set[int], past: Past | None) -> YearRow:
    total, before = known.get(year), known.get(year - 1)
    breaks = tuple(past.lineage.breaks_in(year)) if past else ()
    note = ""
    if not isinstance(total, Decimal):
        note = "不适用" if total else past.reason(year) if past else UNKNOWN
    edition = past.editions[year][0] if past and year not in own and year in past.editions else None
    row = YearRow(year, shown(total, MoneyUnit.WAN), "", note, breaks, edition)
    if not isinstance(total, Decimal) or not isinstance(before, Decimal):
        return row
    if not all(one.comparable for one in breaks) and not {year, year - 1} <= own:
        return row._replace(change="口径不可比")
    change = total - before
    grown = f"（{rate(change, before)}）" if change else ""
    return row._replace(change=f"{shown(change, MoneyUnit.WAN)}{grown}")
