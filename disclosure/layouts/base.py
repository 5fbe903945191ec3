"""What a region prescribes, as data: titles, order, units, wording. A layout is an instance, never a subclass."""

from collections.abc import Mapping
from enum import Enum, auto
from typing import NamedTuple

import msgspec

from disclosure.tables.base import Heading
from disclosure.tables.plan import RowPlan


class PartKind(Enum):
    """What a part of a section holds."""

    HEADING = auto()
    COMPUTED = auto()
    WRITTEN = auto()
    OVERALL_GOAL = auto()
    DUTY_GOALS = auto()
    SAFEGUARDS = auto()
    GLOSSARY = auto()
    TABLE = auto()
    CHART = auto()


class Part(NamedTuple):
    """One part of a section; ``key`` is the heading's words, or names a sentence, a text or a table."""

    kind: PartKind
    key: str = ""


class SectionPlan(NamedTuple):
    """A section as the layout prescribes it."""

    key: str
    number: str
    title: str
    parts: tuple[Part, ...]


class Layout(msgspec.Struct, frozen=True):
    """A region's prescriptions for a budget document.

    Words may hold ``{body}`` (部门 or 单位), ``{year}``, ``{last_year}``; sentences hold the tokens of
    ``disclosure.narrative``. ``unit_wording`` replaces what a unit says otherwise than a department. A table that
    ``tables`` does not name is not printed. ``goal_for_every_project``: whether each must have its goal table (X13).
    ``sign_offs`` are the reviews printed on the cover: the step by its label, and what the region calls its outcome.
    """

    key: str
    name: str
    money_unit: str
    title: str
    plan: RowPlan
    sections: tuple[SectionPlan, ...]
    tables: Mapping[str, Heading]
    wording: Mapping[str, str]
    unit_wording: Mapping[str, str] = {}
    goal_for_every_project: bool = False
    sign_offs: tuple[tuple[str, str], ...] = ()


def heading(words: str) -> Part:
    """Print a sub-heading."""
    return Part(PartKind.HEADING, words)


def computed(sentence: str) -> Part:
    """Print a sentence that ``narrative`` computes from the facts."""
    return Part(PartKind.COMPUTED, sentence)


def written(text: str) -> Part:
    """Print what people wrote under this key."""
    return Part(PartKind.WRITTEN, text)


def chart(key: str) -> Part:
    """Print a chart of ``disclosure.charts`` beside the words that say the same."""
    return Part(PartKind.CHART, key)


def table(key: str) -> Part:
    """Print a statutory table."""
    return Part(PartKind.TABLE, key)
