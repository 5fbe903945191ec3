"""How a code of a classification went on from year to year: a new code is followed, every other change is a break."""

from collections.abc import Iterable
from typing import NamedTuple, Self

from budgets.enums import ChangeKind, CodeScheme
from budgets.models import CodeChange
from portal.lineage import Break

OF = {
    "functions": (CodeScheme.FUNCTION_GENERAL, CodeScheme.FUNCTION_FUND, CodeScheme.FUNCTION_CAPITAL),
    "economics": (CodeScheme.ECONOMIC,),
}
"""The lists that a way into the money is read by."""
WAYS = {
    ChangeKind.SPLIT: ("由{}拆分而来", "拆分为{}"),
    ChangeKind.MERGED: ("由{}合并而来", "并入{}"),
    ChangeKind.RENAMED: ("由{}调整而来", "改为{}"),
}
"""What is said of a change, seen from the new code and from the old one."""


class Traced(NamedTuple):
    """A code in each year, and what changed between years."""

    codes: dict[int, str]
    breaks: list[Break]

    def breaks_in(self, year: int) -> list[Break]:
        """Return what changed between the year before and ``year``."""
        return [one for one in self.breaks if one.year == year]


class Recoding:
    """All registered changes of the codes of one way into the money."""

    def __init__(self, changes: Iterable[CodeChange]) -> None:
        self.changes = list({(one.old_code, one.new_code, one.last_year_of_old): one for one in changes}.values())

    @classmethod
    def of(cls, scheme: str) -> Self:
        """Read them in one query, none for sources, which have no codes."""
        schemes = OF.get(scheme, ())
        return cls(CodeChange.objects.filter(scheme__in=schemes).order_by("last_year_of_old", "pk") if schemes else ())

    def trace(self, code: str, year: int, years: Iterable[int]) -> Traced:
        """Follow a code of ``year`` to each of ``years``; where it cannot be followed it keeps its number."""
        codes, breaks = dict.fromkeys(years, code), list[Break]()
        here, last = code, year
        while rows := self._into(here, last):
            last = rows[0].last_year_of_old
            breaks.append(self._break(rows, new=True))
            here = rows[0].old_code if breaks[-1].comparable else here
            codes |= {one: here for one in codes if one <= last}
        here, last = code, year - 1
        while rows := self._out_of(here, last):
            last = rows[0].last_year_of_old
            breaks.append(self._break(rows, new=False))
            here = rows[0].new_code if breaks[-1].comparable else here
            codes |= {one: here for one in codes if one > last}
        return Traced(codes, breaks)

    def _into(self, code: str, before: int) -> list[CodeChange]:
        """Return the newest change that made ``code``, before a year."""
        rows = [one for one in self.changes if one.new_code == code and one.last_year_of_old < before]
        return [one for one in rows if one.last_year_of_old == max(known.last_year_of_old for known in rows)]

    def _out_of(self, code: str, after: int) -> list[CodeChange]:
        """Return the next change that ended ``code``, after a year."""
        rows = [one for one in self.changes if one.old_code == code and one.last_year_of_old > after]
        return [one for one in rows if one.last_year_of_old == min(known.last_year_of_old for known in rows)]

    def _break(self, rows: list[CodeChange], *, new: bool) -> Break:
        """Say what one change did; only a lone new code or name, said to be comparable, lets figures be compared."""
        one, year = rows[0], rows[0].last_year_of_old + 1
        if self._is_lone(one) and one.kind == ChangeKind.RENAMED and one.comparable:
            if one.old_code == one.new_code:
                return Break(year, f"{year}年起科目名称由“{one.old_name}”改为“{one.new_name}”", comparable=True)
            old, named = f"{one.old_code} {one.old_name}", f"{one.new_code} {one.new_name}"
            return Break(year, f"{year}年起科目代码由“{old}”改为“{named}”", comparable=True)
        names = [(row.old_code, row.old_name) if new else (row.new_code, row.new_name) for row in rows]
        listed = "、".join(f"“{code} {name}”" for code, name in names)
        return Break(year, f"{year}年起{WAYS[ChangeKind(one.kind)][0 if new else 1].format(listed)}，口径不可比")

    def _is_lone(self, change: CodeChange) -> bool:
        beside = [
            one
            for one in self.changes
            if one.last_year_of_old == change.last_year_of_old
            and (one.old_code == change.old_code or one.new_code == change.new_code)
        ]
        return len(beside) == 1
