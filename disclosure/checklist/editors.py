"""Who worked on what last, read from the audit trail in two queries however many parts there are."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Max, Q

from budgets.models import AuditTrail, Project, UnitProfile
from disclosure.models import Disclosure
from disclosure.scopes import siblings

DONE_TOGETHER = ("import", "undo_import", "carry_over")
"""What changes many kinds of entry at once and names them by their models."""
CONFIRMED = "confirm_carried"
KEPT_APART = ("disclosure.Narrative", "disclosure.EmptyTable")
"""Models whose rows belong to different parts: each is looked for by its own."""


class Touch(NamedTuple):
    """Somebody's last work on something: who, when, and what it was."""

    by: Any
    at: datetime
    action: str


class Topic(NamedTuple):
    """What is asked of the trail: a model, or one row of it, or one text by its key."""

    model: str
    row: int | None = None
    key: str = ""

    @property
    def condition(self) -> Q:
        """What the rows of the trail about it look like."""
        together = Q(action__in=DONE_TOGETHER, detail__contains=f'"{self.model}"')
        if self.row is not None:
            confirmed = Q(action=CONFIRMED, detail__contains=f'"{self.key or f"{self.model} {self.row}"}"')
            return together | confirmed | Q(target__startswith=f"{self.model} {self.row} ")
        confirmed = Q(action=CONFIRMED, detail__contains=f'"{self.model} ')
        return together | confirmed | Q(detail__contains=f'"model": "{self.model}"')


def touches_of(disclosure: Disclosure, topics: Iterable[Topic]) -> Mapping[Topic, Touch]:
    """Return the last work on each topic; one that nobody has worked on is not there."""
    listed = list(dict.fromkeys(topics))
    rows = AuditTrail.objects.about(*_subjects(disclosure))
    found = rows.aggregate(**{f"at_{number}": Max("pk", filter=one.condition) for number, one in enumerate(listed)})
    last = {one: found[f"at_{number}"] for number, one in enumerate(listed)}
    told = AuditTrail.objects.defer("detail").select_related("actor").in_bulk({pk for pk in last.values() if pk})
    return {one: Touch(told[pk].actor, told[pk].at, told[pk].action_name) for one, pk in last.items() if pk}


def newest(touches: Iterable[Touch]) -> Touch | None:
    """Return the last of several."""
    return max(touches, key=lambda one: one.at, default=None)


def _subjects(disclosure: Disclosure) -> list[str]:
    """Name everything that a document's rows are written down under: drafts, budget, projects, units."""
    budget = disclosure.budget
    projects = Project.objects.filter(unit__department=budget.department)
    profiles = UnitProfile.objects.filter(unit__department=budget.department, year=budget.fiscal_year.year)
    return [
        *(f"disclosure:{one.pk}" for one in siblings(disclosure)),
        f"budget:{budget.pk}",
        *(f"project:{pk}" for pk in projects.values_list("pk", flat=True)),
        *(f"unitprofile:{pk}" for pk in profiles.values_list("pk", flat=True)),
    ]
