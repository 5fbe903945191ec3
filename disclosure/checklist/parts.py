"""The parts of a document: each chapter and each table of a layout once, with the kinds of entry behind it.

A table is made of what fills it (:data:`disclosure.filling.FILLINGS`); a computed sentence speaks of tables. Nothing
else is stated here, so a layout needs no list of its own.
"""

from collections.abc import Iterator, Mapping
from enum import Enum, auto
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet

from budgets.models import PreviousFigure, Project, UnitProfile
from disclosure.enums import NarrativeKey, TableKey
from disclosure.filling import FILLINGS, Reach
from disclosure.intake.sheets import SHEETS, SheetKind
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan
from disclosure.models import Disclosure, GlossaryTerm
from performance.models import DutyGoal, GoalStatement, Indicator, OverallGoal, OverallIndicator


class Entry(NamedTuple):
    """The rows of one kind, as far as they belong to a part."""

    model: type[Model]
    only: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """The values a row must have."""
    whose: bool = False
    """Whether rows belong to the unit of the disclosure alone, or to no unit at all."""

    @property
    def kind(self) -> SheetKind:
        """The sheet that such rows are filled in on."""
        return next(kind for kind in SHEETS if kind.model is self.model)

    def rows(self, disclosure: Disclosure) -> QuerySet[Any]:
        """Return the stored rows; a unit has none of what belongs to whole departments."""
        if self.kind.whole and disclosure.unit_id:
            return self.model._default_manager.none()
        rows = self.kind.rows(disclosure).filter(**{f"{name}__in": values for name, values in self.only})
        return rows.filter(unit=disclosure.unit_id) if self.whose else rows


class Sentence(NamedTuple):
    """A computed sentence: the tables it speaks of, the texts that may be put into it, entries that have no table."""

    tables: tuple[str, ...] = ()
    texts: tuple[NarrativeKey, ...] = ()
    entries: tuple[Entry, ...] = ()


SENTENCES: Mapping[str, Sentence] = {
    "basis": Sentence((), (NarrativeKey.WORDING_BASIS,)),
    "revenue": Sentence(("income",), (NarrativeKey.WORDING_REVENUE,)),
    "expenditure": Sentence(("spending",), (NarrativeKey.WORDING_EXPENDITURE,)),
    "change": Sentence(
        ("spending",),
        (
            NarrativeKey.REASON_REVENUE,
            NarrativeKey.REASON_PERSONNEL,
            NarrativeKey.REASON_PUBLIC,
            NarrativeKey.REASON_PROJECT,
            NarrativeKey.WORDING_CHANGE,
            NarrativeKey.WORDING_REVENUE_CHANGE,
        ),
        (Entry(PreviousFigure),),
    ),
    "operating_costs": Sentence(("spending",), (NarrativeKey.WORDING_OPERATING_COSTS,)),
    "three_public": Sentence(
        ("three_public",), (NarrativeKey.WORDING_THREE_PUBLIC, NarrativeKey.WORDING_THREE_PUBLIC_CHANGE)
    ),
    "procurement": Sentence(("procurement",), (NarrativeKey.WORDING_PROCUREMENT,)),
    "assets": Sentence(("assets",), (NarrativeKey.ASSET_NOTE, NarrativeKey.WORDING_ASSETS)),
    "fiscal": Sentence(("fiscal_totals",)),
    "general": Sentence(("general_expenditure",)),
    "basic": Sentence(("basic_expenditure",)),
    "fund": Sentence(("fund_expenditure",)),
    "capital": Sentence(("capital_expenditure",)),
    "performance": Sentence(("goals",)),
    "code_lists": Sentence(),
}
WORDS: Mapping[PartKind, Entry] = {
    PartKind.OVERALL_GOAL: Entry(OverallGoal, whose=True),
    PartKind.SAFEGUARDS: Entry(OverallGoal, whose=True),
    PartKind.DUTY_GOALS: Entry(DutyGoal, whose=True),
    PartKind.GLOSSARY: Entry(GlossaryTerm),
}
"""What people write that is no text of one key."""
MORE: Mapping[str, tuple[Entry, ...]] = {
    "units": (Entry(UnitProfile),),
    "projects": (Entry(Project),),
    "goals": (Entry(GoalStatement), Entry(Indicator)),
    "overall_indicators": (Entry(OverallIndicator, whose=True),),
}
"""What a table shows besides what decides whether it is empty."""


class Sort(Enum):
    """What a part is."""

    CHAPTER = auto()
    TABLE = auto()


Name = tuple[Sort, str]


class Piece(NamedTuple):
    """One part of the document, and what it is made of."""

    sort: Sort
    key: str
    chapter: str
    """The chapter itself, or the one a table stands in; blank where it stands in none."""
    title: str
    entries: tuple[Entry, ...] = ()
    written: tuple[NarrativeKey, ...] = ()
    """The texts without which it is not complete."""
    notes: tuple[NarrativeKey, ...] = ()
    """The texts it may have."""
    tables: tuple[str, ...] = ()
    """The tables its sentences speak of."""
    optional: bool = False
    """Whether a single unit may leave out all that it is made of."""

    @property
    def name(self) -> Name:
        """What tells it from the others."""
        return self.sort, self.key

    @property
    def gathers(self) -> bool:
        """Tell whether it is a chapter that says nothing but its tables."""
        return self.sort is Sort.CHAPTER and not (self.entries or self.written or self.tables)

    @property
    def may_be_empty(self) -> bool:
        """Tell whether it may be declared empty, with a reason."""
        return self.sort is Sort.TABLE and self.key in TableKey


def pieces_of(layout: Layout) -> tuple[Piece, ...]:
    """Return every chapter of a layout with its tables behind it, each once; tables that stand nowhere come last."""
    found: dict[Name, Piece] = {}
    for piece in (*_planned(layout), *(_table(layout, key, "") for key in layout.tables)):
        found.setdefault(piece.name, piece)
    return tuple(found.values())


def _planned(layout: Layout) -> Iterator[Piece]:
    for plan in layout.sections:
        yield _chapter(plan)
        yield from (_table(layout, part.key, plan.key) for part in plan.parts if part.kind is PartKind.TABLE)


def _chapter(plan: SectionPlan) -> Piece:
    own = [part for part in plan.parts if part.kind not in (PartKind.HEADING, PartKind.TABLE)]
    sentences = [SENTENCES[part.key] for part in own if part.kind is PartKind.COMPUTED]
    words = [WORDS[part.kind] for part in own if part.kind in WORDS]
    return Piece(
        Sort.CHAPTER,
        plan.key,
        plan.key,
        f"{plan.number}、{plan.title}" if plan.number else plan.title,
        entries=tuple(dict.fromkeys([*words, *(entry for one in sentences for entry in one.entries)])),
        written=tuple(NarrativeKey(part.key) for part in own if part.kind is PartKind.WRITTEN),
        notes=tuple(dict.fromkeys(text for one in sentences for text in one.texts)),
        tables=tuple(dict.fromkeys(table for one in sentences for table in one.tables)),
        optional=bool(own) and all(_left_to_departments(part) for part in own),
    )


def _left_to_departments(part: Part) -> bool:
    return part.kind in WORDS and part.kind is not PartKind.GLOSSARY


def _table(layout: Layout, key: str, chapter: str) -> Piece:
    heading = layout.tables[key]
    return Piece(Sort.TABLE, key, chapter, f"{heading.label}　{heading.title}".strip(), entries=entries_of(key))


def entries_of(table: str) -> tuple[Entry, ...]:
    """Return the kinds of entry behind a table."""
    fillings = FILLINGS[TableKey(table)] if table in TableKey else ()
    filled = [Entry(one.model, tuple(one.only.items()), one.reach is Reach.SAME) for one in fillings]
    return tuple(dict.fromkeys([*filled, *MORE.get(table, ())]))


def home_of(pieces: tuple[Piece, ...], model: type[Model]) -> Piece | None:
    """Return the part that shows a kind of entry and least besides: where it is looked at; None where none does."""
    showing = [one for one in pieces if any(entry.model is model for entry in one.entries)]
    showing += [one for one in pieces if _speaks_of(one, model)]
    return min(showing, key=lambda one: (one.sort is Sort.CHAPTER, len(one.entries)), default=None)


def _speaks_of(piece: Piece, model: type[Model]) -> bool:
    return any(entry.model is model for table in piece.tables for entry in entries_of(table))


def chapter_of(pieces: tuple[Piece, ...], text: str) -> Piece | None:
    """Return the chapter in which a text is printed; None where the layout does not print it."""
    return next((one for one in pieces if text in (*one.written, *one.notes)), None)
