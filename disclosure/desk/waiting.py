"""等我办理: the disclosures whose next step is the person's own, the most urgent first, for the desk's first page."""

from datetime import date
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest

from budgets.access import posts_of
from budgets.enums import Role
from disclosure.clock import Clock
from disclosure.desk.clockwords import clock_of, in_words
from disclosure.models import Disclosure, Exemption, UrgentPublication
from disclosure.moves import HOLDERS, UNPUBLISHED

SHOWN = 50
CONFIRMING = (Role.BUREAU_REVIEWER, Role.PUBLISHER)


class Waiting(NamedTuple):
    """A disclosure that waits, with its clock."""

    disclosure: Disclosure
    clock: Clock

    @property
    def deadline(self) -> str:
        """The clock in words."""
        return in_words(self.clock)


def panel(request: HttpRequest) -> dict[str, Any]:
    """Return what the first page shows: what waits for whoever is signed in, and urgent publications to confirm."""
    found = [Waiting(row, clock_of(row)) for row in waiting_for(request.user)]
    found.sort(key=lambda one: one.clock.due_on or date.max)
    urgent = to_confirm(request.user)
    works = any(post.role in {*HOLDERS.values()} for post in posts_of(request.user))
    shown = {"waiting": found[:SHOWN], "count": len(found), "urgent": urgent, "works": works}
    return {"template": "admin/steps/waiting.html", **shown}


def waiting_for(user: Any) -> QuerySet[Disclosure]:
    """Return the disclosures that lie on a person's desk: of open years, and not exempt."""
    mine = Q(pk__in=())
    for status in UNPUBLISHED:
        for reach in _reaches(user, (HOLDERS[status],)):
            mine |= Q(status=status, **reach)
    budget = {"fiscal_year": OuterRef("budget__fiscal_year"), "department": OuterRef("budget__department")}
    exempt = Exemption.objects.filter(Q(unit=None) | Q(unit=OuterRef("unit")), **budget)
    found: QuerySet[Disclosure] = Disclosure.objects.filter(mine, ~Exists(exempt), budget__fiscal_year__is_open=True)
    return found.select_related(*Disclosure.spoken)


def to_confirm(user: Any) -> list[UrgentPublication]:
    """Return the urgent publications that a person may confirm: not their own."""
    mine = Q(pk__in=())
    for reach in _reaches(user, CONFIRMING):
        mine |= Q(**{f"edition__disclosure__{path}": owner for path, owner in reach.items()})
    found = UrgentPublication.objects.filter(mine, confirmed_at=None).exclude(by=user)
    return list(found.select_related("edition"))


def _reaches(user: Any, roles: tuple[Role, ...]) -> list[dict[str, int | None]]:
    """Say, post by post, which disclosures one of the roles covers."""
    return [_reach(post) for post in posts_of(user) if post.role in roles]


def _reach(post: Any) -> dict[str, int | None]:
    if post.unit_id:
        return {"unit": post.unit_id}
    if post.department_id:
        return {"budget__department": post.department_id}
    return {"budget__fiscal_year__government": post.government_id}
