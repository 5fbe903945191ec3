"""What an act leaves behind, and why one is refused."""

from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from walking import REASON, crew_of

from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import Status
from disclosure.models import Disclosure, Exemption, Narrative
from disclosure.moves import CHAINS
from disclosure.refusal import RefusalError
from disclosure.sample.crew import REVIEWERS, explain_all
from disclosure.sample.government import Plan, make_government

WATCHED = [
    model._meta.db_table
    for model in apps.get_models()
    if model._meta.app_label in {"budgets", "disclosure", "performance"} and model.__name__ != "AuditResult"
]
"""Every table of ours but the audit's memory, which may be filled by looking."""
COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in WATCHED)


def rows_of_all() -> tuple[int, ...]:
    """Count the rows of every table that an act could write in."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        counts: tuple[int, ...] = cursor.fetchone()
        return counts


def left_behind() -> tuple[Any, ...]:
    """Return the number of rows of every table, and the fields of all disclosures."""
    return (*rows_of_all(), *Disclosure.objects.order_by("pk").values())


def refusal(verb, *arguments, **named) -> str:
    """Say why an act is refused, having seen that it left nothing behind."""
    before = left_behind()
    with pytest.raises(RefusalError) as caught:
        verb(*arguments, **named)
    assert left_behind() == before
    return str(caught.value)


def pressed_again(verb, *arguments, **named) -> Any:
    """Take an act a second time, and return what it returns, having seen that it left nothing more behind."""
    before = left_behind()
    returned = verb(*arguments, **named)
    assert left_behind() == before
    return returned


def now(disclosure: Disclosure) -> Disclosure:
    """Read a disclosure anew."""
    return Disclosure.objects.get(pk=disclosure.pk)


def explained(disclosure: Disclosure) -> Disclosure:
    """Give a reason for every warning of a draft."""
    explain_all(disclosure, by=crew_of(disclosure)[Role.CLERK], reason=REASON)
    return disclosure


def a_small_draft() -> Disclosure:
    """Make a department's draft in 填报中 with nothing in its way."""
    government = make_government(Plan(departments=1, years=1, seed=7, units=1))
    return explained(Disclosure.objects.get(budget__fiscal_year__government=government, unit=None))


def taken_to(disclosure: Disclosure, state: Status) -> Disclosure:
    """Take a draft in 填报中 to a state on its way, one account a step."""
    crew = crew_of(disclosure)
    if state is not Status.DRAFTING:
        workflow.submit(disclosure, by=crew[Role.CLERK])
    for step in CHAINS[disclosure.budget.fiscal_year.reviews]:
        if now(disclosure).status in {state, Status.DRAFTING}:
            break
        if step is Status.BUREAU_REVIEW:
            workflow.approve(disclosure, by=crew[Role.BUREAU_REVIEWER])
        else:
            workflow.sign(disclosure, by=crew[REVIEWERS[step]], step=step)
    if state is Status.PUBLISHED:
        workflow.publish(disclosure, by=crew[Role.PUBLISHER])
    return now(disclosure)


def edit(disclosure: Disclosure, text: str = "新增一句说明。") -> None:
    """Change a sentence, past the lock."""
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text=text)


def exempt(disclosure: Disclosure) -> None:
    """Register the department as one that the law keeps from the public."""
    budget = disclosure.budget
    of = {"fiscal_year": budget.fiscal_year, "department": budget.department}
    Exemption.objects.create(**of, kind="exempt", reason="另有规定")
