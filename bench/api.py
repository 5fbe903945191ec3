"""Asks the API whatever its description admits, and whatever it does not, until more than five thousand questions."""

import time
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode

from disclosure.sample.government import Plan, make_government, publish_quickly
from portal.api.description import described
from portal.wsgi import application

CASES, ROUNDS = 5000, 10


def measure(cases: int = CASES) -> str:
    """Say how many questions were asked, how many answers were not what the description promises, and how fast."""
    publish_quickly(make_government(Plan(departments=2, years=2, seed=7)))
    schema = schemathesis.openapi.from_dict(described("http://127.0.0.1/api/v1"))
    schema.app = application
    operations = [found.ok() for found in schema.get_all_operations()]
    asked, failures, begun = 0, [], time.perf_counter()
    for _ in range(ROUNDS):
        if asked >= cases:
            break
        for operation in operations:
            for mode in GenerationMode.all():
                more, wrong = _ask(operation, mode, cases // len(operations))
                asked, failures = asked + more, failures + wrong
    spent = time.perf_counter() - begun
    said = f"api：{asked}次提问，{len(failures)}次答得与说明不符，{asked / spent:.0f}次/秒（{len(operations)}个地址）"
    return "\n".join([said, *dict.fromkeys(failures)])


def _ask(operation: Any, mode: Any, most: int) -> tuple[int, list[str]]:
    """Ask one address in one way; return how often, and what was wrong."""
    asked, wrong = 0, []
    drawn = settings(
        max_examples=most,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @drawn
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        nonlocal asked
        asked += 1
        try:
            case.call_and_validate()
        except schemathesis.errors.SchemathesisError as error:
            wrong.append(f"  {operation.label}：{error}")
        except BaseExceptionGroup as error:
            wrong.extend(f"  {operation.label}：{one}" for one in error.exceptions)

    try:
        ask()
    except Exception as error:  # noqa: BLE001 an address without parameters has nothing wrong to be drawn
        if "Unsatisfiable" not in type(error).__name__ and "skip" not in str(error).lower():
            wrong.append(f"  {operation.label}：{error}")
    return asked, wrong
