"""The document: built from a draft, or read from an edition; audit rules and renderers take nothing else."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from functools import cached_property
from typing import Self

import msgspec

from budgets.models import Budget
from disclosure.content import Block, Content, Section, canonical, parse, sha256
from disclosure.facts import Named
from disclosure.figures import facts_of
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan
from disclosure.models import Disclosure, Edition
from disclosure.narrative import SENTENCES, Voice
from disclosure.tables import TABLES
from disclosure.tables.grid import Table
from disclosure.tables.ordinals import ordinal
from disclosure.tables.scope import Scope
from disclosure.tables.t11_goals import goal_tables
from performance.models import OverallGoal

REGION_WORDS = "省市区县旗州盟"
SUBHEADING = re.compile(r"（[一二三四五六七八九十]+）[^。；：]{1,40}")
DUTY_PARTS = (
    ("主要职责", "responsibilities"),
    ("职责目标", "objective"),
    ("绩效目标", "goal"),
    ("绩效指标", "indicators"),
    ("绩效标准", "standard"),
)


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


class Context(msgspec.Struct, frozen=True):
    """What surrounds a document; each part may be absent."""

    imprint: Imprint | None = None
    approved_on: date | None = None
    declared_empty: frozenset[str] = frozenset()


class Document:
    """A disclosure's content with its context."""

    def __init__(self, content: Content, context: Context) -> None:
        self.content, self.context = content, context

    @classmethod
    def of(cls, disclosure: Disclosure) -> Self:
        """Build the document of a draft from the facts, in its year's layout."""
        layout = LAYOUTS[disclosure.budget.fiscal_year.layout]
        composer = _Composer(disclosure, layout)
        context = Context(approved_on=disclosure.approved_on, declared_empty=composer.scope.declared_empty)
        return cls(composer.content(), context)

    @classmethod
    def of_edition(cls, edition: Edition) -> Self:
        """Read the document an edition froze; no draft table is touched."""
        return cls(parse(edition.content.text), Context(imprint=imprint_of(edition)))

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


def imprint_of(edition: Edition) -> Imprint:
    """Return what an edition adds to its content."""
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
    )


class _Composer:
    """Puts one draft together in one layout."""

    def __init__(self, disclosure: Disclosure, layout: Layout) -> None:
        self.disclosure, self.layout = disclosure, layout
        self.budget: Budget = disclosure.budget
        self.scope = Scope(disclosure, layout.income_rows)
        self.texts = {row.key: row.text for row in disclosure.narratives.all()}
        government = self.budget.fiscal_year.government
        self.voice = Voice(
            year=self.scope.year,
            department=self.publisher.name,
            region=region_of(government.name),
            we="我单位" if disclosure.unit else "我部门",
            facts=facts_of(self.scope),
            texts=self.texts,
            wording=layout.wording,
            income_rows=layout.income_rows,
        )
        built = [table.build(self.scope, layout.tables[table.key]) for table in TABLES]
        self.goal_tables = tuple(goal_tables(self.scope, layout.tables["goals"]))
        self.tables = tuple(self._explained(table) for table in built)

    @property
    def publisher(self) -> Named:
        """Return the department's or the unit's code and printed name."""
        of = self.disclosure.unit or self.budget.department
        return Named(of.code, of.name)

    def content(self) -> Content:
        """Return the whole content."""
        year = self.budget.fiscal_year
        department, unit = self.budget.department, self.disclosure.unit
        names = {"department": self.publisher.name, "year": year.year}
        return Content(
            government=Named(year.government.code, year.government.name),
            year=year.year,
            phase=self.budget.phase,
            department=Named(department.code, department.name),
            unit=Named(unit.code, unit.name) if unit else None,
            layout=self.layout.key,
            money_unit=self.layout.money_unit,
            title=self.layout.title.format(**names),
            preamble=self.layout.wording["preamble"].format(**names),
            notice=year.government.notice or None,
            sections=tuple(self._section(plan) for plan in self.layout.sections),
            tables=(*self.tables, *self.goal_tables),
            facts=self.voice.facts,
        )

    def _explained(self, table: Table) -> Table:
        if table.empty_reason is None:
            return table
        sentence = self.voice.say("empty_table", reason=table.empty_reason.rstrip("。"))
        return msgspec.structs.replace(table, empty_reason=sentence)

    def _section(self, plan: SectionPlan) -> Section:
        blocks = tuple(block for part in plan.parts for block in self._blocks(part))
        return Section(plan.key, plan.number, plan.title, blocks)

    def _blocks(self, part: Part) -> Iterator[Block]:
        if part.kind is PartKind.TABLE:
            return iter((Block(table=part.key),))
        if part.kind is PartKind.HEADING:
            return iter((Block(paragraph=part.key, role="heading"),))
        makers: dict[PartKind, Callable[[str], Iterator[Block]]] = {
            PartKind.COMPUTED: lambda key: (Block(paragraph=words) for words in SENTENCES[key](self.voice)),
            PartKind.WRITTEN: lambda key: _paragraphs(self.texts.get(key, "")),
            PartKind.GOAL_TABLES: lambda _: (Block(table=table.key) for table in self.goal_tables),
            PartKind.GLOSSARY: lambda _: self._glossary(),
            PartKind.DUTY_GOALS: lambda _: self._duty_goals(),
            PartKind.OVERALL_GOAL: lambda _: _paragraphs(self.overall.text),
            PartKind.SAFEGUARDS: lambda _: _paragraphs(self.overall.safeguards),
        }
        return makers[part.kind](part.key)

    @property
    def overall(self) -> OverallGoal:
        """Return the department's overall goal, a blank one where nobody wrote any."""
        return self.budget.overall_goals.filter(unit=self.disclosure.unit).first() or OverallGoal()

    def _glossary(self) -> Iterator[Block]:
        terms = self.disclosure.glossary_terms.order_by("position")
        listed = tuple(f"{term.term}：{term.explanation}" for term in terms)
        if listed:
            yield Block(list=listed)

    def _duty_goals(self) -> Iterator[Block]:
        for goal in self.budget.duty_goals.filter(unit=self.disclosure.unit).order_by("position"):
            yield Block(paragraph=f"（{ordinal(goal.position)}）{goal.duty}", role="subheading")
            said = [(label, getattr(goal, field)) for label, field in DUTY_PARTS]
            yield from (Block(paragraph=f"{label}：{text}") for label, text in said if text)


def region_of(government: str) -> str:
    """Return how a government speaks of its region, by the last word of its name: 我区, 我县, 我市."""
    return f"我{government[-1]}" if government[-1:] in REGION_WORDS else "本地区"


def _paragraphs(text: str) -> Iterator[Block]:
    """Yield one paragraph a line; a line that only says （一）and a title is a sub-heading."""
    for line in filter(None, map(str.strip, text.splitlines())):
        yield Block(paragraph=line, role="subheading" if SUBHEADING.fullmatch(line) else None)
