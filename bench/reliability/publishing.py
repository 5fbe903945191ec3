"""Fifty people publish the same draft at the same moment."""

import threading
from pathlib import Path
from typing import Any

from django.db import connections
from django.test import override_settings

from budgets.enums import Role
from disclosure import workflow
from disclosure.enums import FileFormat
from disclosure.models import Disclosure, Edition
from disclosure.refusal import RefusalError
from disclosure.render import RENDERERS
from disclosure.sample.crew import store_crew, walk
from disclosure.sample.government import Plan, make_government

PEOPLE, TIMES = 50, 3
PLAN = Plan(departments=1, years=TIMES, seed=4)


def measure(folder: Path) -> str:
    """Say how many editions came of it, and of how many acts."""
    drawn = RENDERERS[FileFormat.PDF]
    RENDERERS[FileFormat.PDF] = lambda document: b"%PDF-1.7 " + document.sha256.encode()
    try:
        with override_settings(MEDIA_ROOT=str(folder)):
            return _measured()
    finally:
        RENDERERS[FileFormat.PDF] = drawn


def _measured() -> str:
    government = make_government(PLAN)
    drafts = list(Disclosure.objects.filter(budget__fiscal_year__government=government, unit=None))
    before, told = Edition.objects.count(), []
    for draft in drafts:
        crew = store_crew(government, "bench", draft.budget.department)
        walk(draft, crew, reason="测量")
        told += _pressed(draft, crew[Role.PUBLISHER])
    made = Edition.objects.count() - before
    got, refused = told.count("edition"), told.count("refused")
    return f"{len(drafts)}份各{PEOPLE}人同时公开：共{made}版，{got}人得到这一版，{refused}人被婉拒"


def _pressed(draft: Disclosure, publisher: Any) -> list[str]:
    """Let everybody press the button at once; return what each was told."""
    told: list[str] = []
    gate = threading.Barrier(PEOPLE)

    def press() -> None:
        gate.wait()
        try:
            workflow.publish(Disclosure.objects.get(pk=draft.pk), by=publisher)
            told.append("edition")
        except RefusalError:
            told.append("refused")
        finally:
            connections.close_all()

    people = [threading.Thread(target=press) for _ in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join()
    return told
