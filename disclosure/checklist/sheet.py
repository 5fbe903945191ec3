"""The checklist of one draft: a line for each part, and what all of them come to."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from disclosure.checklist.counting import Count
from disclosure.checklist.editors import Topic, Touch, newest, touches_of
from disclosure.checklist.evidence import WHOLE, Draft, Witnessed
from disclosure.checklist.parts import Piece, Sort, pieces_of
from disclosure.checklist.states import Evidence, State, gathered, state_of
from disclosure.document import Document
from disclosure.judgement import last_judged, still_holds
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure, EmptyTable, Narrative
from disclosure.roster import exemption_of


class Item(NamedTuple):
    """A part: how far it is, what shows it, and who worked on it last."""

    piece: Piece
    heading: str
    state: State
    evidence: Evidence
    counts: list[Count]
    touch: Touch | None


class Chapter(NamedTuple):
    """A chapter with its tables; ``item`` is None for tables that stand in none."""

    item: Item | None
    tables: list[Item]


class Checklist(NamedTuple):
    """All parts of a draft."""

    draft: Draft
    witnessed: Witnessed
    items: list[Item]
    needless: str
    """Why nothing of it need be filled in."""
    fresh: bool
    """Whether the last check was made of this very draft."""

    @classmethod
    def of(cls, disclosure: Disclosure) -> "Checklist":
        """Look at a draft, in a number of queries that does not grow with what was entered."""
        layout = LAYOUTS[disclosure.budget.fiscal_year.layout]
        document, judgement = Document.of(disclosure), last_judged(disclosure)
        draft = Draft(disclosure, document, layout, pieces_of(layout), judgement)
        exemption = exemption_of(disclosure)
        needless = f"已登记为“{exemption.get_kind_display()}”（{exemption.reason}），不单独公开" if exemption else ""
        witnessed = Witnessed(draft)
        fresh = judgement is not None and still_holds(judgement.result, document)
        return cls(draft, witnessed, _items(draft, witnessed, needless), needless, fresh)

    @property
    def chapters(self) -> list[Chapter]:
        """The chapters, each with its tables."""
        found: dict[str, Chapter] = {}
        for item in self.items:
            chapter = found.setdefault(item.piece.chapter, Chapter(None, []))
            if item.piece.sort is Sort.CHAPTER:
                found[item.piece.chapter] = chapter._replace(item=item)
            else:
                chapter.tables.append(item)
        return list(found.values())

    @property
    def wanted(self) -> list[Item]:
        """The parts that must be done."""
        return [item for item in self.items if item.state is not State.NOT_APPLICABLE]

    @property
    def done(self) -> list[Item]:
        """The parts that are done."""
        return [item for item in self.items if item.state is State.DONE]

    @property
    def unreviewed(self) -> int:
        """How many things came from last year and nobody has looked at."""
        return self.witnessed.unreviewed.total()

    @property
    def elsewhere(self) -> int:
        """How many findings are about no one part."""
        return self.witnessed.errors[WHOLE] + self.witnessed.warnings[WHOLE]

    @property
    def checked_at(self) -> datetime | None:
        """When the last check was made."""
        return self.draft.judgement.result.at if self.draft.judgement else None


def _items(draft: Draft, witnessed: Witnessed, needless: str) -> list[Item]:
    topics = {piece.name: list(_topics(piece, witnessed)) for piece in draft.pieces}
    touches = touches_of(draft.disclosure, (topic for listed in topics.values() for topic in listed))
    items = []
    for piece in draft.pieces:
        evidence = witnessed.evidence(piece, needless)
        touch = newest(touches[topic] for topic in topics[piece.name] if topic in touches)
        heading = _heading(draft, piece)
        items.append(Item(piece, heading, state_of(evidence), evidence, witnessed.counted(piece), touch))
    return [item._replace(state=_gathered(item, items)) if item.piece.gathers else item for item in items]


def _gathered(chapter: Item, items: list[Item]) -> State:
    """Return the state of a chapter by its tables; its own findings make it a problem, too."""
    tables = [one for one in items if one.piece.sort is Sort.TABLE and one.piece.chapter == chapter.piece.key]
    own = [State.TROUBLED] if chapter.evidence.errors + chapter.evidence.warnings else []
    return gathered([*(one.state for one in tables), *own])


def _topics(piece: Piece, witnessed: Witnessed) -> Iterable[Topic]:
    """Say whose last change is a part's: its kinds of entry, its texts, the declaration that it is empty."""
    yield from (Topic(entry.model._meta.label) for entry in piece.entries)
    for key in (*piece.written, *piece.notes):
        if row := witnessed.texts.get(key):
            yield Topic(Narrative._meta.label, row.pk, key)
    if piece.sort is Sort.TABLE and (declared := witnessed.declared.get(piece.key)):
        yield Topic(EmptyTable._meta.label, declared.pk)


def _heading(draft: Draft, piece: Piece) -> str:
    content = draft.document.content
    body = "单位" if draft.disclosure.unit_id else "部门"
    known = {"{body}": body, "{year}": str(content.year), "{last_year}": str(content.year - 1)}
    words = piece.title
    for mark, said in known.items():
        words = words.replace(mark, said)
    return words
