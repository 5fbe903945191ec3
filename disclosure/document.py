"""The document: built from a draft, or read from an edition; audit rules and renderers take nothing else."""

from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple, Self

import msgspec
from django.utils import timezone

from disclosure.composing import Composer
from disclosure.content import Content, Section, canonical, parse, sha256
from disclosure.enums import Status
from disclosure.facts import Controlled, Facts
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import Layout
from disclosure.models import Disclosure, Edition
from disclosure.signatures import SignedOff, frozen, signed_off
from disclosure.surroundings import codes_in_force, control_of, units_due
from disclosure.tables.grid import Table


class Signed(msgspec.Struct, frozen=True):
    """A review as the public reads it; who signed stays on record in the portal."""

    step: str
    on: date
    combined: bool


class Imprint(msgspec.Struct, frozen=True):
    """What an edition adds to its content: number, dates, names, hash."""

    number: int
    kind: str
    published_at: datetime
    supersedes: int | None
    reason: str
    content_sha256: str
    index_number: str
    document_number: str
    topic: str
    publisher: str
    composed_on: date | None
    sign_offs: tuple[Signed, ...] = ()


class Context(msgspec.Struct, frozen=True):
    """What surrounds a document; each part may be absent.

    ``lost`` are tokens that resolve to nothing; ``last_year`` is what last year's published document said, and
    ``last_content`` all of it. ``unreviewed`` names the texts carried over and not yet confirmed; ``control`` sets the
    批复控制数 beside the draft; ``codes`` holds, by scheme, the names of the codes in force that the document uses
    (“function”, “economic”; None: nobody looked them up); ``today`` is the day of the audit; ``sign_offs`` are None
    where no record is kept; ``foreign`` marks a document that the portal did not write: its ``facts`` are only what
    could be read.
    """

    imprint: Imprint | None = None
    approved_on: date | None = None
    declared_empty: frozenset[str] = frozenset()
    lost: tuple[str, ...] = ()
    last_year: Facts | None = None
    last_content: Content | None = None
    unreviewed: tuple[str, ...] = ()
    control: tuple[Controlled, ...] = ()
    codes: dict[str, dict[str, str]] | None = None
    today: date | None = None
    sign_offs: tuple[SignedOff, ...] | None = None
    units_due: tuple[str, ...] | None = None
    """The units of the department that have neither their own disclosure nor an exemption; None: not known."""
    foreign: bool = False


class Document:
    """A disclosure's content with its context."""

    def __init__(self, content: Content, context: Context) -> None:
        self.content, self.context = content, context

    @classmethod
    def of(cls, disclosure: Disclosure, layout: Layout | None = None) -> Self:
        """Build the document of a draft from the facts, in its year's layout unless another is asked for."""
        composer = Composer(disclosure, layout or LAYOUTS[disclosure.budget.fiscal_year.layout])
        content, scope = composer.content(), composer.scope
        ready = disclosure.status == Status.READY
        around = Context(
            approved_on=disclosure.approved_on,
            declared_empty=scope.declared_empty,
            lost=tuple(composer.lost),
            last_year=scope.published_before,
            control=control_of(disclosure),
            codes=codes_in_force(content, scope),
            today=timezone.localdate(),
            units_due=units_due(disclosure),
            last_content=parse(scope.text_before) if scope.text_before else None,
            unreviewed=tuple(composer.unreviewed),
            sign_offs=signed_off(disclosure, sha256(canonical(content))) if ready else None,
        )
        return cls(content, around)

    @classmethod
    def of_edition(cls, edition: Edition) -> Self:
        """Read the document an edition froze, to the letter; no draft table is touched."""
        document = cls(parse(edition.content.text), Context(imprint=imprint_of(edition, frozen(edition))))
        document.canonical = edition.content.text
        return document

    @cached_property
    def canonical(self) -> str:
        """The canonical JSON text of the content."""
        return canonical(self.content)

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the canonical text."""
        return sha256(self.canonical)

    def table(self, key: int | str) -> Table:
        """Return a table by statutory number or key; raise KeyError when the document has none."""
        for table in self.content.tables:
            if key in (table.key, table.number):
                return table
        raise KeyError(key)

    def section(self, key: str) -> Section:
        """Return a section by key; raise KeyError when the document has none."""
        for section in self.content.sections:
            if section.key == key:
                return section
        raise KeyError(key)


class Review(NamedTuple):
    """A review as the cover prints it: what the region calls it, what came of it (已审查, 未审签), when, by whom."""

    label: str
    outcome: str
    on: date | None = None
    combined: bool = False


def reviews_of(content: Content, imprint: Imprint | None) -> tuple[Review, ...]:
    """Return the reviews a layout prints; a draft, and what was published without them, has not been reviewed."""
    signed = {one.step: one for one in imprint.sign_offs} if imprint else {}
    layout = LAYOUTS.get(content.layout)
    return tuple(_review(label, step, signed.get(step)) for step, label in (layout.sign_offs if layout else ()))


def _review(label: str, step: str, signed: Signed | None) -> Review:
    """Name the outcome by what the step does: 保密审查 has 审查, 负责人审签 has 审签."""
    done = step[-2:]
    return Review(label, f"已{done}", signed.on, signed.combined) if signed else Review(label, f"未{done}")


def imprint_of(edition: Edition, sign_offs: tuple[SignedOff, ...] = ()) -> Imprint:
    """Return what an edition adds to its content; ``sign_offs`` are the reviews it is published with."""
    return Imprint(
        number=edition.number,
        kind=edition.kind,
        published_at=edition.published_at,
        supersedes=edition.number - 1 if edition.supersedes_id else None,
        reason=edition.reason,
        content_sha256=edition.content_sha256,
        index_number=edition.index_number,
        document_number=edition.document_number,
        topic=edition.topic,
        publisher=edition.publisher,
        composed_on=edition.composed_on,
        sign_offs=tuple(Signed(one.step, one.on, one.combined) for one in sign_offs),
    )
