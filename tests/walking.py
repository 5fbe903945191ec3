"""Takes drafts through their steps, one account a step, for tests that are about something else."""

from collections.abc import Callable

from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import CorrectionKind, Status
from disclosure.models import Disclosure, Edition, Withdrawal
from disclosure.sample.crew import Crew, store_crew, walk

REASON = "测试中说明的原因"


def crew_of(disclosure: Disclosure) -> Crew:
    """Return the accounts of the sample department, one for each step."""
    department = disclosure.budget.department
    return store_crew(department.government, "demo", department)


def opened(disclosure: Disclosure, reason: str = "更正") -> Disclosure:
    """Open a published disclosure for correction, and return it as it is then."""
    fresh = Disclosure.objects.get(pk=disclosure.pk)
    if fresh.status == Status.PUBLISHED:
        clerk = crew_of(disclosure)[Role.CLERK]
        workflow.correct(fresh, by=clerk, kind=CorrectionKind.WORDS, reason=reason)
    return Disclosure.objects.get(pk=disclosure.pk)


def made_ready(disclosure: Disclosure, reason: str = "更正") -> Disclosure:
    """Take a draft to 待公开."""
    draft = opened(disclosure, reason)
    walk(draft, crew_of(disclosure), reason=REASON)
    return Disclosure.objects.get(pk=disclosure.pk)


def published(disclosure: Disclosure, reason: str = "更正") -> Edition:
    """Take a draft all the way; a published one as a correction."""
    ready = made_ready(disclosure, reason)
    return workflow.publish(ready, by=crew_of(disclosure)[Role.PUBLISHER])


def edited(disclosure: Disclosure, change: Callable[[], object], reason: str = "更正") -> Edition:
    """Open, change, and publish as a correction."""
    opened(disclosure, reason)
    change()
    return published(disclosure, reason)


def withdrawn(edition: Edition, reason: str = "误公开") -> Withdrawal:
    """Withdraw an edition."""
    return workflow.withdraw(edition, by=crew_of(edition.disclosure)[Role.PUBLISHER], reason=reason)
