"""Asks the API whatever its description admits, and whatever it does not, until more than five thousand questions."""

import time
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode

from disclosure.enums import TableKey
from disclosure.models import Edition
from disclosure.opendata import RESOURCES, key_of
from disclosure.sample.government import Plan, make_government, publish_quickly
from portal.api.description import described
from portal.wsgi import application

CASES, ROUNDS = 5000, 10


def measure(cases: int = CASES) -> str:
    """Say how many questions were asked, how many answers were not what the description promises, and how fast."""
    asking = Asking(there(publish_quickly(make_government(Plan(departments=2, years=2, seed=7)))))
    schema = schemathesis.openapi.from_dict(described("http://127.0.0.1/api/v1"))
    schema.app = _plain
    operations = [found.ok() for found in schema.get_all_operations()]
    begun = time.perf_counter()
    for _ in range(ROUNDS):
        for operation in operations if asking.asked < cases else ():
            for mode in GenerationMode:
                asking.ask(operation, mode, cases // len(operations))
    speed = asking.asked / (time.perf_counter() - begun)
    said = f"{asking.asked}次提问，{len(asking.wrong)}次答得与说明不符，{speed:.0f}次/秒（{len(operations)}个地址）"
    return "\n".join([f"api：{said}", *dict.fromkeys(asking.wrong)])


def _plain(environ: dict[str, Any], start_response: Any) -> Any:
    """Answer as the portal does, unpressed: schemathesis says that it could unpack, and does not."""
    return application({**environ, "HTTP_ACCEPT_ENCODING": "identity"}, start_response)


def there(editions: list[Edition]) -> dict[str, list[str]]:
    """Return what can stand in an address and leads somewhere."""
    keys = [key_of(one) for one in editions]
    return {"key": keys, "part": ["content", *RESOURCES], "table": list(TableKey.values)}


@dataclass
class Asking:
    """Who asks: what there is to ask about, how often was asked, and what was answered wrongly."""

    there: dict[str, list[str]]
    asked: int = 0
    wrong: list[str] = field(default_factory=list)

    def ask(self, operation: Any, mode: GenerationMode, most: int) -> None:
        """Ask one address in one way."""
        health = list(HealthCheck)
        drawn = settings(
            max_examples=most, database=None, deadline=None, phases=[Phase.generate], suppress_health_check=health
        )

        @drawn
        @given(case=operation.as_strategy(generation_mode=mode))
        def question(case: Any) -> None:
            if mode is GenerationMode.POSITIVE and self.asked % 2:
                self._lead_somewhere(case)
            self._put(case, operation.label)

        try:
            question()
        except Unsatisfiable:
            return  # an address without parameters has nothing wrong to be drawn

    def _lead_somewhere(self, case: Any) -> None:
        """Let a question that fits the description be about what there is: what is drawn at random never is."""
        for name, known in self.there.items():
            if name in case.path_parameters:
                case.path_parameters[name] = known[self.asked // 2 % len(known)]

    def _put(self, case: Any, label: str) -> None:
        self.asked += 1
        try:
            case.call_and_validate()
        except schemathesis.errors.SchemathesisError as error:
            self.wrong.append(f"  {label}：{error}")
        except BaseExceptionGroup as error:
            self.wrong.extend(f"  {label}：{one}" for one in error.exceptions)
