"""The people of a sample, one for each step, who take its disclosures from draft to edition as real people would."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth import get_user_model

from budgets.enums import Role
from budgets.models import Department, Government, Membership
from disclosure import workflow
from disclosure.enums import Status
from disclosure.judgement import explain_many, judge
from disclosure.models import Disclosure, Edition
from disclosure.moves import CHAINS

GOVERNMENT_WIDE = (Role.BUREAU_REVIEWER, Role.PUBLISHER)
STEPS = (
    Role.CLERK,
    Role.DEPARTMENT_REVIEWER,
    Role.SECRECY_REVIEWER,
    Role.SIGNING_HEAD,
    Role.BUREAU_REVIEWER,
    Role.PUBLISHER,
)
REVIEWERS = {
    Status.DEPARTMENT_REVIEW: Role.DEPARTMENT_REVIEWER,
    Status.SECRECY_REVIEW: Role.SECRECY_REVIEWER,
    Status.SIGNING: Role.SIGNING_HEAD,
}

Crew = Mapping[Role, Any]


def store_crew(government: Government, prefix: str, department: Department | None = None) -> Crew:
    """Give each step one account that cannot sign in yet; ``department``: where the steps within one are at home."""
    return {role: _account(government, f"{prefix}-{role.value.replace('_', '-')}", role, department) for role in STEPS}


def _account(government: Government, name: str, role: Role, department: Department | None) -> Any:
    user, created = get_user_model().objects.get_or_create(username=name)
    if created:
        user.set_unusable_password()
        user.save()
    whose = None if role in GOVERNMENT_WIDE else department
    Membership.objects.get_or_create(
        user=user, role=role, government=government, department=whose, unit=None, closed_on=None
    )
    return user


def explain_all(disclosure: Disclosure, *, by: Any, reason: str) -> None:
    """Explain every warning without a reason by the same ``reason``; raise RefusalError where ``by`` may not."""
    unexplained = [item.said.fingerprint for item in judge(disclosure).unexplained]
    explain_many(disclosure, dict.fromkeys(unexplained, reason), by=by)


def walk(disclosure: Disclosure, crew: Crew, *, reason: str) -> None:
    """Take a draft to 待公开, every warning explained with ``reason``; raise RefusalError where a step is refused."""
    explain_all(disclosure, by=crew[Role.CLERK], reason=reason)
    workflow.submit(disclosure, by=crew[Role.CLERK])
    for step in CHAINS[disclosure.budget.fiscal_year.reviews]:
        if step is Status.BUREAU_REVIEW:
            workflow.approve(disclosure, by=crew[Role.BUREAU_REVIEWER])
        else:
            workflow.sign(disclosure, by=crew[REVIEWERS[step]], step=step)


def walk_to_the_public(disclosure: Disclosure, crew: Crew, *, reason: str) -> Edition:
    """Take a draft all the way and return its edition."""
    walk(disclosure, crew, reason=reason)
    return workflow.publish(disclosure, by=crew[Role.PUBLISHER])
