"""The governments as the home page lists them: all of them, or, where they are many, by the areas of their codes."""

from typing import NamedTuple, Self

from django.db.models import Q, QuerySet

from budgets.models import Government

MOST = 60
"""How many governments one page lists; where there are more they stand under their areas."""
WIDTH = 6
LEVELS = (2, 4)
"""How many digits name a province, and how many a city with its counties (GB/T 2260)."""


class Area(NamedTuple):
    """Governments whose codes begin alike: the digits, what it is called, and how many there are."""

    code: str
    name: str
    count: int


class Region(NamedTuple):
    """What one page lists: either areas or governments; ``name`` is blank where it is everything."""

    name: str
    areas: list[Area]
    governments: list[Government]

    @classmethod
    def of(cls, beginning: str = "") -> Self:
        """Return what stands under digits, in one statement; a city's governments are listed however many they are."""
        found = list(Government.objects.filter(code__startswith=beginning).order_by("code"))
        name = _name(beginning, found) if beginning else ""
        if len(found) <= MOST or len(beginning) == LEVELS[-1]:
            return cls(name, [], found)
        for level in (one for one in LEVELS if one > len(beginning)):
            areas = _areas(found, level)
            if len(areas) > 1:
                break
        return cls(name, areas, [])

    @classmethod
    def named(cls, words: str) -> Self:
        """Return the governments whose name holds some words, or whose code begins with them: as many as a page lists.

        What is called neither is the region of nobody.
        """
        here: QuerySet[Government] = Government.objects.order_by("code")
        wanted = Q(full_name__contains=words) | Q(name__contains=words) | Q(code__startswith=words)
        return cls(words, [], list(here.filter(wanted)[:MOST]))

    @property
    def known(self) -> bool:
        """Tell whether there is anything."""
        return bool(self.areas or self.governments)


def _areas(governments: list[Government], level: int) -> list[Area]:
    """Return the areas of so many digits, in the order of their codes."""
    under: dict[str, list[Government]] = {}
    for one in governments:
        under.setdefault(one.code[:level], []).append(one)
    return [Area(code, _name(code, inside), len(inside)) for code, inside in under.items()]


def _name(beginning: str, governments: list[Government]) -> str:
    """Return what the government of the area itself is called; its digits where it is not here."""
    own = beginning.ljust(WIDTH, "0")
    return next((one.name for one in governments if one.code == own), f"区划代码{beginning}开头的地区")
