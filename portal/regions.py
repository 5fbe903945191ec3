"""The governments as the home page lists them: all of them, or, where they are many, by the areas of their codes."""

import re
from typing import NamedTuple, Self

from django.db.models import Q, QuerySet

from budgets.models import Government

MOST = 60
"""How many governments one page lists; where there are more they stand under their areas."""
WIDTH = 6
LEVELS = (2, 4)
"""How many digits name a province, and how many a city with its counties (GB/T 2260)."""
PROVINCES = {
    "11": "北京市",
    "12": "天津市",
    "13": "河北省",
    "14": "山西省",
    "15": "内蒙古自治区",
    "21": "辽宁省",
    "22": "吉林省",
    "23": "黑龙江省",
    "31": "上海市",
    "32": "江苏省",
    "33": "浙江省",
    "34": "安徽省",
    "35": "福建省",
    "36": "江西省",
    "37": "山东省",
    "41": "河南省",
    "42": "湖北省",
    "43": "湖南省",
    "44": "广东省",
    "45": "广西壮族自治区",
    "46": "海南省",
    "50": "重庆市",
    "51": "四川省",
    "52": "贵州省",
    "53": "云南省",
    "54": "西藏自治区",
    "61": "陕西省",
    "62": "甘肃省",
    "63": "青海省",
    "64": "宁夏回族自治区",
    "65": "新疆维吾尔自治区",
}
"""The first two digits of a code (GB/T 2260); of a province whose own government is here, its own name counts."""
CITY = re.compile(r".*(?:[市州盟]|地区)")
"""The city that stands before the names of its counties."""


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
    """Return what an area is called: as its own government, by its province, by what its counties' names begin with."""
    own = beginning.ljust(WIDTH, "0")
    called = next((one.name for one in governments if one.code == own), "") or PROVINCES.get(beginning, "")
    cities = {found[0] for one in governments if (found := CITY.match(one.full_name))}
    return called or ("".join(cities) if len(cities) == 1 else "") or f"区划代码{beginning}开头的地区"
