"""One disclosure and a dozen accounts, on which any act may be tried; it sees what is left behind of each."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth import get_user_model
from traces import rows_of_all

from budgets.enums import Role
from budgets.models import AuditTrail, Membership
from disclosure import workflow
from disclosure.models import Disclosure, Narrative, UrgentPublication
from disclosure.refusal import RefusalError
from disclosure.scopes import remember

ALL = tuple(role.value for role in Role)
DEPARTMENTAL = (Role.DEPARTMENT_REVIEWER, Role.SECRECY_REVIEWER, Role.SIGNING_HEAD)
POSTS = {
    "clerk": (Role.CLERK,),
    "second clerk": (Role.CLERK,),
    "department": (Role.DEPARTMENT_REVIEWER,),
    "secrecy": (Role.SECRECY_REVIEWER,),
    "head": (Role.SIGNING_HEAD,),
    "bureau": (Role.BUREAU_REVIEWER,),
    "publisher": (Role.PUBLISHER,),
    "second publisher": (Role.PUBLISHER,),
    "emergency": (Role.EMERGENCY_PUBLISHER,),
    "three hats": DEPARTMENTAL,
    "every hat": ALL,
    "nobody": (),
}
"""Who holds which roles when it begins."""
SOON, FAR, PAST = (datetime(year, 1, 1, tzinfo=UTC) for year in (2100, 2101, 2001))


class Stage:
    """The disclosure under test and its people."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.pk, self.budget = disclosure.pk, disclosure.budget
        self.year, self.department = disclosure.budget.fiscal_year, disclosure.budget.department
        self.people = {}
        for name, roles in POSTS.items():
            self.people[name] = get_user_model().objects.create(username=f"stage-{name}")
            for role in roles:
                self.open(name, role)
        self.seen = AuditTrail.objects.order_by("-pk").first()

    @property
    def now(self) -> Disclosure:
        """Read the disclosure anew."""
        return Disclosure.objects.get(pk=self.pk)

    def open(self, name: str, role: str) -> None:
        """Give somebody a post."""
        Membership.objects.create(user=self.people[name], role=role, government=self.year.government)

    def close(self, name: str) -> None:
        """Take all posts from somebody."""
        Membership.objects.filter(user=self.people[name]).delete()

    def write(self, text: str) -> None:
        """Change a sentence, past every lock."""
        Narrative.objects.filter(disclosure=self.pk, key="other_matters").update(text=text)

    def became_author(self, name: str) -> None:
        """Record that somebody wrote in the budget."""
        remember(self.people[name], self.budget, None)

    def attempt(self, act: str, who: str, **how: Any) -> str:
        """Try an act as a request would, the person read anew: done, again, or refused."""
        before, user = self.traces(), get_user_model().objects.get(username=f"stage-{who}")
        try:
            getattr(self, f"_{act}", self._plainly(act))(user, **how)
        except RefusalError:
            assert self.traces() == before, f"{act} was refused and left something behind"
            return "refused"
        return "again" if self.traces() == before else "done"

    def traces(self) -> tuple[Any, ...]:
        """Return all that an act could leave behind: the number of rows of every table, and the disclosure's fields."""
        confirmed = UrgentPublication.objects.filter(confirmed_by__isnull=False).count()
        return (*rows_of_all(), confirmed, Disclosure.objects.filter(pk=self.pk).values().get())

    def _plainly(self, act: str):
        return lambda user, **how: getattr(workflow, act)(self.now, by=user, **how)

    def _approve(self, user, *, step: str) -> None:
        assert step == "bureau_review"
        workflow.approve(self.now, by=user)

    def _withdraw(self, user, *, number: int, also_earlier: bool) -> None:
        edition = self.now.editions.get(number=number)
        workflow.withdraw(edition, by=user, reason="误公开", also_earlier=also_earlier)

    def _confirm_urgent(self, user, *, number: int, conclusion: str) -> None:
        workflow.confirm_urgent(self.now.editions.get(number=number).urgent, by=user, conclusion=conclusion)

    def trail(self) -> list[AuditTrail]:
        """Return what the trail has gained since the last look, having seen that it hangs together."""
        rows = list(AuditTrail.objects.filter(pk__gt=self.seen.pk).order_by("pk"))
        for row in rows:
            assert (row.previous_hash, row.hash) == (self.seen.hash, row.digest())
            self.seen = row
        return rows
