"""What is known of each part of one draft: what was entered, what lacks, what was found, what nobody has looked at."""

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, NamedTuple

from disclosure.audit.citing import Place
from disclosure.audit.required import hollow
from disclosure.checklist.counting import Count, counts_of
from disclosure.checklist.parts import Entry, Name, Piece, Sort, chapter_of, entries_of, home_of
from disclosure.checklist.states import Evidence
from disclosure.document import Document
from disclosure.enums import NarrativeState
from disclosure.judgement import Judgement
from disclosure.layouts.base import Layout
from disclosure.marks import open_marks
from disclosure.models import Disclosure, EmptyTable, Narrative
from disclosure.readiness import all_zero
from disclosure.tables.grid import Table

GOAL = "goal-"
"""How the keys of the goal tables begin, of which each project has its own."""
NO_DATA = "没有数据，也没有空表说明"
ALL_ZERO = "填写的金额都是零，也没有空表说明"
LEFT_TO_DEPARTMENTS = "部门整体的绩效目标由部门公开，单位可以不写"


class Draft(NamedTuple):
    """A draft as it is looked at: its document, its layout, its parts, and what the last check found."""

    disclosure: Disclosure
    document: Document
    layout: Layout
    pieces: tuple[Piece, ...]
    judgement: Judgement | None


class Witnessed:
    """Everything that is known of a draft's parts, each asked for once."""

    def __init__(self, draft: Draft) -> None:
        self.draft, self.disclosure = draft, draft.disclosure
        self.texts: dict[str, Narrative] = {row.key: row for row in self.disclosure.narratives.all()}
        self.declared: dict[str, EmptyTable] = {row.table: row for row in self.disclosure.empty_tables.all()}
        spoken_of = [entry for one in draft.pieces for table in one.tables for entry in entries_of(table)]
        shown = [entry for one in draft.pieces for entry in one.entries]
        self.counts: dict[Entry, Count] = counts_of(self.disclosure, [*shown, *spoken_of])
        self.errors, self.warnings = self._found()

    def evidence(self, piece: Piece, needless: str = "") -> Evidence:
        """Return what is known of a part; ``needless``: why nobody need fill in any."""
        declared = self.declared.get(piece.key) if piece.sort is Sort.TABLE else None
        optional = LEFT_TO_DEPARTMENTS if piece.optional and self.disclosure.unit_id else ""
        return Evidence(
            started=self._started(piece),
            declared=declared.reason if declared else "",
            lacks=tuple(self._lacks(piece)),
            unreviewed=self.unreviewed[piece.name],
            errors=self.errors[piece.name],
            warnings=self.warnings[piece.name],
            needless=needless or optional,
        )

    def counted(self, piece: Piece) -> list[Count]:
        """Return how much there is of each kind of entry behind a part."""
        return [self.counts[entry] for entry in piece.entries]

    def _started(self, piece: Piece) -> bool:
        own = any(self.counts[entry].number for entry in piece.entries)
        written = any(key in self.texts and self.texts[key].text.strip() for key in (*piece.written, *piece.notes))
        return own or written or any(self._known(table) for table in piece.tables)

    def _known(self, table: str) -> bool:
        return table in self.declared or any(self.counts[entry].number for entry in entries_of(table))

    def _lacks(self, piece: Piece) -> Iterator[str]:
        if piece.sort is Sort.CHAPTER:
            yield from (f"“{place.partition('·')[2] or place}”没有内容" for place in self._hollow(piece))
            for table in piece.tables:
                if not self._known(table):
                    kinds = dict.fromkeys(entry.kind.title for entry in entries_of(table))
                    yield f"要用到的{'、'.join(kinds)}还没有填写"
            return
        tables = self._tables(piece)
        if piece.key not in self.declared and all(not table.rows or all_zero(table) for table in tables):
            yield ALL_ZERO if any(self.counts[entry].number for entry in piece.entries) else NO_DATA
        yield from (f"{one.title}还差{one.lacking}{one.measure}" for one in self.counted(piece) if self._short(one))

    def _short(self, count: Count) -> bool:
        """Tell whether something lacks: not every layout asks for the goals of every project."""
        by_choice = count.measure == "个项目" and not self.draft.layout.goal_for_every_project
        return count.lacking > 0 and not by_choice

    def _hollow(self, piece: Piece) -> Iterable[str]:
        return [place for one in self.draft.document.content.sections if one.key == piece.key for place in hollow(one)]

    def _tables(self, piece: Piece) -> list[Table]:
        tables = self.draft.document.content.tables
        return [one for one in tables if one.key == piece.key or (piece.key == "goals" and one.key.startswith(GOAL))]

    def _found(self) -> tuple[Counter[Name], Counter[Name]]:
        """Count the findings that ask for something, by the part they are about."""
        errors, warnings = Counter[Name](), Counter[Name]()
        for item in self.draft.judgement.items if self.draft.judgement else ():
            if item.blocking or item.unexplained:
                (errors if item.blocking else warnings)[name_of(self.draft.layout, item.said.places)] += 1
        return errors, warnings

    @cached_property
    def unreviewed(self) -> Counter[Name]:
        """Count what came from last year and nobody has looked at, by part."""
        found = Counter(self._part_of(mark.now) for mark in open_marks(self.disclosure))
        carried = (row for row in self.texts.values() if row.state == NarrativeState.CARRIED_OVER)
        return found + Counter(self._part_of(row) for row in carried)

    def _part_of(self, row: Any) -> Name:
        pieces = self.draft.pieces
        if isinstance(row, EmptyTable):
            return Sort.TABLE, row.table
        found = chapter_of(pieces, row.key) if isinstance(row, Narrative) else home_of(pieces, type(row))
        return found.name if found else WHOLE


WHOLE: Name = (Sort.CHAPTER, "")
"""What belongs to no part: the whole document."""


def name_of(layout: Layout, places: tuple[Place, ...]) -> Name:
    """Return the part that the first of a finding's places stands in; the whole document where none does."""
    for place in places:
        if 0 <= place.section < len(layout.sections):
            return Sort.CHAPTER, layout.sections[place.section].key
        table = "goals" if place.table.startswith(GOAL) else place.table
        if table in layout.tables:
            return Sort.TABLE, table
    return WHOLE
