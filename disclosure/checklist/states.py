"""How far a part is: five states, and the one table that says which of them its evidence means."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.db.models import TextChoices


class State(TextChoices):
    """How far a part is, in the words the clerk reads."""

    NOT_STARTED = "not_started", "未开始"
    UNDERWAY = "underway", "填写中"
    TROUBLED = "troubled", "有问题"
    DONE = "done", "已完成"
    NOT_APPLICABLE = "not_applicable", "不适用"


class Evidence(NamedTuple):
    """What is known of a part."""

    started: bool = False
    """Whether anything was entered for it."""
    declared: str = ""
    """Why it is published empty."""
    lacks: tuple[str, ...] = ()
    """What is still missing, in words."""
    unreviewed: int = 0
    """How many things in it came from last year and nobody has looked at."""
    errors: int = 0
    """Errors that are neither mended nor waived."""
    warnings: int = 0
    """Warnings without a reason."""
    needless: str = ""
    """Why nobody need fill it in."""


STATES: tuple[tuple[State, Callable[[Evidence], bool]], ...] = (
    (State.NOT_APPLICABLE, lambda part: bool(part.needless) and not part.started),
    (State.NOT_STARTED, lambda part: not (part.started or part.declared)),
    (State.TROUBLED, lambda part: part.errors + part.warnings > 0),
    (State.UNDERWAY, lambda part: bool(part.lacks) or part.unreviewed > 0),
    (State.DONE, lambda _part: True),
)
"""The first that is true holds. What nobody has begun is not called a problem, though rules ask for it already."""


def state_of(evidence: Evidence) -> State:
    """Return how far a part is."""
    return next(state for state, holds in STATES if holds(evidence))


def gathered(states: Iterable[State]) -> State:
    """Return how far a chapter is that says nothing but its tables: what all of them are, a problem before all."""
    found = set(states) - {State.NOT_APPLICABLE}
    if not found:
        return State.NOT_APPLICABLE
    if State.TROUBLED in found:
        return State.TROUBLED
    return found.pop() if len(found) == 1 else State.UNDERWAY
