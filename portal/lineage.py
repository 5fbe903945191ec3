"""Which organisation's figures an organisation continues: only what was renamed is followed, every break is told.

Mergers and divisions are breaks: nothing is added up or shared out across them.
"""

from collections.abc import Iterable
from itertools import groupby
from typing import Any, NamedTuple, Self

from budgets.enums import SuccessionKind
from budgets.models import Succession

CIRCLE = "机构沿革的登记互相循环，不再往前追溯"


class Break(NamedTuple):
    """What changed between a year and the one before it; whether figures may be compared across it."""

    year: int
    said: str
    comparable: bool = False


class Event(NamedTuple):
    """One registered succession, with the first year that it holds for."""

    year: int
    kind: str
    before: Any
    after: Any

    @classmethod
    def of(cls, row: Succession, sort: str) -> Self:
        """Read a row of departments or units (``sort``): the year after the old one's last, else by the date."""
        before, after = getattr(row, f"from_{sort}"), getattr(row, f"to_{sort}")
        next_year = row.date.year + (row.date.timetuple().tm_yday > 1)
        begun = after.valid_from if after.valid_from in (row.date.year, next_year) else next_year
        return cls(before.valid_to + 1 if before.valid_to else begun, row.kind, before, after)


class Lineage(NamedTuple):
    """An organisation through the years: under which code in which, newest first, what broke, what became of it."""

    tenures: list[tuple[int, str]]
    breaks: list[Break]
    after: list[Break]

    @property
    def codes(self) -> list[str]:
        """Return every code it had, the newest first."""
        return [code for _, code in self.tenures]

    def code_in(self, year: int) -> str:
        """Return the code under which its figures of a year stand."""
        return next((code for since, code in self.tenures if since <= year), self.tenures[-1][1])

    def breaks_in(self, year: int) -> list[Break]:
        """Return what changed between the year before and ``year``."""
        return [one for one in self.breaks if one.year == year]

    def comparable(self, earlier: int, later: int) -> bool:
        """Tell whether nothing between two years forbids to compare them."""
        return all(one.comparable for one in self.breaks if earlier < one.year <= later)


class Lineages:
    """All successions of a government, of its departments or of its units."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.into: dict[str, list[Event]] = {}
        self.out: dict[str, list[Event]] = {}
        for event in events:
            self.into.setdefault(event.after.code, []).append(event)
            self.out.setdefault(event.before.code, []).append(event)

    @classmethod
    def of(cls, government: str, sort: str = "department") -> Self:
        """Read them in one query; ``sort``: “department” or “unit”."""
        rows = Succession.objects.filter(government__code=government, **{f"from_{sort}__isnull": False})
        related = rows.select_related(f"from_{sort}", f"to_{sort}").order_by("date", "pk")
        return cls(Event.of(row, sort) for row in related)

    def trace(self, code: str) -> Lineage:
        """Follow an organisation back as far as it was only renamed, breaks included, and say what became of it."""
        tenures: list[tuple[int, str]] = []
        breaks: list[Break] = []
        seen, limit, here = {code}, 10_000, code
        while event := self._last_before(here, limit):
            limit = event[0].year
            if renamed := self._renamed(event):
                breaks.append(Break(limit, f"{limit}年起由“{renamed.before.name}”更名而来", comparable=True))
                if renamed.before.code in seen:
                    breaks[-1] = Break(limit, CIRCLE)
                    break
                tenures.append((limit, here))
                here = renamed.before.code
                seen.add(here)
            else:
                breaks.append(Break(limit, _broken(event)))
        return Lineage([*tenures, (0, here)], breaks, _after(self.out.get(code, [])))

    def newest(self, code: str) -> str:
        """Return the code under which an organisation's figures go on today: the last one it was renamed to."""
        first, seen = code, {code}
        while len(out := self.out.get(code, [])) == 1 and self._renamed(self._together(out[0])):
            if (after := out[0].after.code) in seen:
                return first
            code = after
            seen.add(code)
        return code

    def _last_before(self, code: str, limit: int) -> list[Event]:
        """Return the newest thing that happened to an organisation before ``limit``: rows of one year."""
        earlier = [one for one in self.into.get(code, []) if one.year < limit]
        return [one for one in earlier if one.year == max(known.year for known in earlier)]

    def _together(self, event: Event) -> list[Event]:
        return [one for one in self.into[event.after.code] if one.year == event.year]

    def _renamed(self, events: list[Event]) -> Event | None:
        """Return the one succession of an event that is no more than another name; None for anything else."""
        only = events[0]
        alone = len(events) == 1 and len(self.out[only.before.code]) == 1
        return only if alone and only.kind == SuccessionKind.RENAMED and only.before != only.after else None


def _broken(events: list[Event]) -> str:
    """Say what happened where figures cannot be compared."""
    year, said = events[0].year, []
    for kind, rows in groupby(sorted(events, key=lambda one: one.kind), lambda one: one.kind):
        names = "、".join(f"“{one.before.name}”" for one in rows)
        words = {SuccessionKind.MERGED: "合并而来", SuccessionKind.SPLIT: "拆分而来"}
        said.append(f"由{names}{words.get(SuccessionKind(kind), '调整而来')}")
    return f"{year}年起{'，'.join(said)}，口径不可比"


def _after(events: list[Event]) -> list[Break]:
    """Say what became of an organisation."""
    words = {SuccessionKind.RENAMED: "更名为", SuccessionKind.MERGED: "并入", SuccessionKind.SPLIT: "拆分为"}
    found = []
    for (year, kind), rows in groupby(sorted(events, key=_when), _when):
        names = "、".join(f"“{one.after.name}”" for one in rows)
        found.append(Break(year, f"{year}年起{words[SuccessionKind(kind)]}{names}", kind == SuccessionKind.RENAMED))
    return found


def _when(event: Event) -> tuple[int, str]:
    return event.year, event.kind
