"""Departments and units of the register that have published nothing: found by name, code or initials like the others.

They are not in the index, which holds what was published; in the register names are looked at as they stand.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from budgets.models import Department, FiscalYear, Unit
from budgets.pinyin import initials_of
from disclosure.enums import ExemptionKind, SearchKind
from disclosure.models import ArchivedDisclosure, Edition, Exemption
from disclosure.searching.words import RUN, squeeze
from portal.asking import Question
from portal.ranking import tier_of

SHOWN = 8
"""How many are shown."""

LOOKED_AT = 3000
"""How many departments are looked at; where more have published nothing, a region has to be chosen for initials."""

INITIALS = re.compile("[a-z]")

Valid = tuple[int | None, int | None]


class Silent(NamedTuple):
    """A department or unit without a document in ``year``, and what is said of it."""

    kind: SearchKind
    name: str
    code: str
    year: int
    government: tuple[str, str]
    department: tuple[str, str]
    said: str = "尚未公开"

    @property
    def address(self) -> str:
        """Return the address of the page that says so."""
        place = [self.government[0], self.year, self.department[0]]
        return reverse("disclosure", args=[*place, self.code] if self.kind == SearchKind.UNIT else place)


class Owner(NamedTuple):
    """A department of the register without a document in ``year``."""

    name: str
    full_name: str
    code: str
    year: int
    government: tuple[str, str]


def silent(question: Question) -> list[Silent]:
    """Return those that answer a question, the best first; in one statement where everybody has published."""
    if question.page > 1 or question.kind not in {"", SearchKind.DEPARTMENT, SearchKind.UNIT}:
        return []
    owners = _owners(question)
    named = ((one, (of.name, of.full_name)) for of in owners.values() for one in [_department(of)])
    ranked = []
    for number, (one, names) in enumerate((*named, *_units(owners, question))):
        if question.kind in {"", one.kind}:
            tier = _tier(one, names, question.terms)
            ranked += [(tier, number, one)] if tier is not None else []
    return _explained([one for *_, one in sorted(ranked)[:SHOWN]])


def _owners(question: Question) -> dict[int, Owner]:
    """Return departments that have published nothing, or nothing in the year that was asked for, by their keys."""
    columns = ("pk", "valid_from", "valid_to", "name", "full_name", "code", "government__code", "government__name")
    asked = {"government__code": question.government} if question.government else {}
    said = Edition.objects.current().standing().filter(**({"year": question.year} if question.year else {}))
    heard = Exists(said.filter(government_code=OuterRef("government__code"), department_code=OuterRef("code")))
    mute = Department.objects.filter(~heard, _alike(question.terms), **asked).order_by("government__code", "code")
    rows = list(mute.values_list(*columns)[:LOOKED_AT])
    opened = _opened(question) if rows else {}
    found = {}
    for key, start, end, name, full_name, code, *government in rows:
        year = _newest(opened.get(government[0], ()), (start, end))
        if year:
            found[key] = Owner(name, full_name, code, year, (government[0], government[1]))
    return found


def _alike(terms: list[str]) -> Q:
    """Keep what may answer: names are compared exactly afterwards, and initials, which the register has not, only then.

    A run of a term is asked for, not the term: signs between runs are written in several ways.
    """
    runs = [max(RUN.findall(term), key=len) for term in terms]
    if any(INITIALS.search(run) for run in runs):
        return Q()
    units, own = Q(), Q()
    for run in runs:
        units |= Q(name__contains=run) | Q(code__contains=run)
        own |= Q(name__contains=run) | Q(full_name__contains=run) | Q(code__contains=run)
    return own | Q(pk__in=Unit.objects.filter(units).values("department"))


def _opened(question: Question) -> dict[str, list[int]]:
    """Return the years of each government, the newest first; only the year that was asked for, where one was."""
    years = FiscalYear.objects.order_by("-year").values_list("government__code", "year")
    opened: dict[str, list[int]] = {}
    for government, year in years.filter(year=question.year) if question.year else years:
        opened.setdefault(government, []).append(year)
    return opened


def _newest(years: Iterable[int], valid: Valid) -> int | None:
    """Return the newest year in which something is valid."""
    return next((year for year in years if (valid[0] or 0) <= year <= (valid[1] or year)), None)


def _department(of: Owner) -> Silent:
    return Silent(SearchKind.DEPARTMENT, of.name, of.code, of.year, of.government, (of.code, of.name))


def _units(owners: dict[int, Owner], question: Question) -> Iterator[tuple[Silent, tuple[str, ...]]]:
    """Yield the units of departments that have published nothing, with their names."""
    if not owners or question.kind == SearchKind.DEPARTMENT:
        return
    units = Unit.objects.filter(department__in=owners).order_by("code")
    for key, start, end, name, code in units.values_list("department", "valid_from", "valid_to", "name", "code"):
        of = owners[key]
        if _newest([of.year], (start, end)):
            yield Silent(SearchKind.UNIT, name, code, of.year, of.government, (of.code, of.name)), (name,)


@lru_cache(maxsize=20_000)
def _compared(name: str) -> tuple[str, str]:
    """Return a name and its initials as they are compared."""
    return squeeze(name), squeeze(initials_of(name))


def _tier(one: Silent, names: tuple[str, ...], terms: list[str]) -> int | None:
    """Say how well names answer; the other terms may be of the government, the department or the year."""
    own = [squeeze(one.code), *(said for name in names for said in _compared(name))]
    about = [*_compared(one.government[1]), *_compared(one.department[1]), f"{one.year}年"]
    asked = tuple(term for term in terms if any(term in name for name in own))
    others = (term for term in terms if term not in asked)
    if not asked or not all(any(term in name for name in about) for term in others):
        return None
    return tier_of(own, asked)


def _explained(found: list[Silent]) -> list[Silent]:
    """Say of each what its page says: that it need not publish, that its document was withdrawn or is an older one."""
    if not found:
        return []
    years, codes = {one.year for one in found}, {one.department[0] for one in found}
    place = ("government_code", "year", "department_code", "unit_code")
    these = {"year__in": years, "department_code__in": codes}
    archived = ArchivedDisclosure.objects.live().filter(**these).order_by().values_list(*place)
    withdrawn = Edition.objects.current().filter(withdrawal__isnull=False, **these).order_by().values_list(*place)
    exempt = Exemption.objects.filter(fiscal_year__year__in=years, department__code__in=codes).values_list(
        "fiscal_year__government__code", "fiscal_year__year", "department__code", "unit__code", "kind"
    )
    said: dict[tuple[str, int, str, str], str] = dict.fromkeys(archived, "本平台启用以前公开")
    said |= dict.fromkeys(withdrawn, "已撤下")
    said |= {(*at, unit or ""): str(ExemptionKind(kind).label) for *at, unit, kind in exempt}
    return [one._replace(said=said.get(_place(one), one.said)) for one in found]


def _place(one: Silent) -> tuple[str, int, str, str]:
    return one.government[0], one.year, one.department[0], one.code if one.kind == SearchKind.UNIT else ""
