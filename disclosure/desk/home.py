"""The page of a disclosure: how far every part is and the way to it, the clock, and what is next."""

from collections.abc import Iterator
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode

from disclosure.checklist.evidence import WHOLE
from disclosure.checklist.parts import entries_of
from disclosure.checklist.sheet import Checklist, Item
from disclosure.checklist.states import State
from disclosure.desk.next_step import Next, next_step
from disclosure.desk.places import anchor_of, beside, findings_anchor
from disclosure.desk.standing import Standing
from disclosure.desk.there import HOME, here
from disclosure.desk.waiting import waiting_for
from disclosure.entry.grids import grids_of, key_of
from disclosure.enums import Act, NarrativeKey, Status
from disclosure.intake.gate import locked
from disclosure.models import Disclosure, Transition

WORDING = "wording_"
"""How the keys of texts begin that replace a sentence: they are offered where one is written already."""


class Link(NamedTuple):
    """A way to a place of work."""

    words: str
    address: str


class Line(NamedTuple):
    """A part as the page shows it."""

    item: Item
    work: list[Link]
    """What it is made of: ways to the grids, lists and texts for whoever may work, else words alone."""
    findings: str
    page: str
    pdf: str
    checked_at: datetime | None

    @property
    def problems(self) -> int:
        """How many findings ask for something."""
        return self.item.evidence.errors + self.item.evidence.warnings

    @property
    def changed(self) -> bool:
        """Tell whether somebody has worked on it since the last check."""
        return bool(self.checked_at and self.item.touch and self.item.touch.at > self.checked_at)


class Block(NamedTuple):
    """A chapter's line, None for tables that stand in none, and its tables' lines."""

    line: Line | None
    tables: list[Line]


class Home:
    """The page of one disclosure, for whoever looks."""

    def __init__(self, request: HttpRequest, disclosure: Disclosure, *, permitted: bool, start: Any) -> None:
        self.request, self.disclosure, self.start = request, disclosure, start
        self.locked = locked(disclosure)
        self.works = permitted and not self.locked
        self.grids = grids_of(disclosure)

    @cached_property
    def checklist(self) -> Checklist:
        """All parts."""
        return Checklist.of(self.disclosure)

    @cached_property
    def standing(self) -> Standing:
        """How it stands on its way, with the document that the checklist looks at."""
        standing = Standing(self.disclosure)
        if standing.state is not Status.PUBLISHED:
            standing.document = self.checklist.draft.document
        return standing

    @property
    def returned(self) -> Transition | None:
        """The sending back that the clerk has to answer: the last act, while it is."""
        last = self.standing.transitions[-1] if self.standing.transitions else None
        return last if last and last.act == Act.SEND_BACK and self.disclosure.status == Status.DRAFTING else None

    @cached_property
    def mine(self) -> bool:
        """Tell whether the next step is that of whoever looks."""
        return bool(waiting_for(self.request.user).filter(pk=self.disclosure.pk).exists())

    @cached_property
    def others(self) -> list[str]:
        """Who else has it open."""
        return here(self.disclosure, HOME, by=self.request.user, works=self.works)

    @cached_property
    def blocks(self) -> list[Block]:
        """The lines, chapter by chapter."""
        chapters = self.checklist.chapters
        return [
            Block(self.line(one.item) if one.item else None, [self.line(item) for item in one.tables])
            for one in chapters
        ]

    @cached_property
    def next(self) -> Next:
        """What is next for whoever looks."""
        return next_step(self)

    @property
    def elsewhere(self) -> str:
        """Where findings stand that are about no one part."""
        return self.findings_of(WHOLE)

    def line(self, item: Item) -> Line:
        """Return a part with its ways."""
        places = beside(self.disclosure, anchor_of(item.piece), item.heading)
        found, checked = self.findings_of(item.piece.name), self.checklist.checked_at
        return Line(item, list(self._work(item)), found, places.page, places.pdf, checked)

    def findings_of(self, name: Any) -> str:
        """Return the address of a part's findings."""
        return f"{self.address('disclosure_findings')}#{findings_anchor(name)}"

    def address(self, name: str, *more: str) -> str:
        """Return the address of one of the disclosure's pages."""
        return reverse(f"admin:{name}", args=[self.disclosure.pk, *more])

    def _work(self, item: Item) -> Iterator[Link]:
        """Yield what a part is made of: its own entries, those its sentences speak of, its texts, its declaration."""
        counts = [*item.counts]
        for table in item.piece.tables:
            counts += [self.checklist.witnessed.counts[entry] for entry in entries_of(table)]
        for count in dict.fromkeys(counts):
            yield Link(f"{count.title} {count}", self._entry(key_of(count.entry.kind), count.entry.model))
        yield from self._texts(item)
        if item.piece.may_be_empty and (self.works or item.evidence.declared):
            yield from self._declaration(item)

    def _entry(self, key: str, model: Any) -> str:
        if not self.works:
            return ""
        if key in self.grids:
            return self.address("grid", key)
        listed = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        return f"{listed}?{urlencode({'disclosure__id__exact': self.disclosure.pk})}"

    def _texts(self, item: Item) -> Iterator[Link]:
        """Yield the texts of a chapter: those there must be, reasons, and other wordings where there are any."""
        written = self.checklist.witnessed.texts
        for key in (*item.piece.written, *item.piece.notes):
            there = key in written and bool(written[key].text.strip())
            if there or not key.startswith(WORDING):
                said = NarrativeKey(key).label if there else f"{NarrativeKey(key).label}（未写）"
                yield Link(said, self._row("narrative", written.get(key), {"key": key}))

    def _declaration(self, item: Item) -> Iterator[Link]:
        declared = self.checklist.witnessed.declared.get(item.piece.key)
        if declared or item.state is State.NOT_STARTED:
            said = f"空表说明：{declared.reason}" if declared else "没有这项内容的，写空表说明"
            yield Link(said, self._row("emptytable", declared, {"table": item.piece.key}))

    def _row(self, model: str, row: Any, known: dict[str, str]) -> str:
        """Return the form of a stored row, or of a new one with what is known of it."""
        if not self.works:
            return ""
        if row is not None:
            return reverse(f"admin:disclosure_{model}_change", args=[row.pk])
        asked = urlencode({"disclosure": str(self.disclosure.pk), **known})
        return f"{reverse(f'admin:disclosure_{model}_add')}?{asked}"


class HomePages:
    """The disclosure's page as its home."""

    permitted: Any

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Put the checklist above the form; it is looked up where the page is drawn, not where a form is stored."""
        one = self.get_object(request, object_id) if object_id else None  # type: ignore[attr-defined]
        shown: dict[str, Any] = dict(extra_context or {})
        if one:
            permitted, start = self.permitted(request, "change", one), shown.get("start")
            shown["home"] = SimpleLazyObject(lambda: Home(request, one, permitted=permitted, start=start))
        response: HttpResponse = super().changeform_view(request, object_id, form_url, shown)  # type: ignore[misc]
        return response
