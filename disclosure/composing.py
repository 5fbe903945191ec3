"""Puts one draft together in one layout: tables from the facts, sentences from the tables, sections from the plan."""

import re
from collections.abc import Callable, Iterator
from functools import cached_property

import msgspec

from budgets.enums import CodeScheme
from budgets.lists import lists_of
from budgets.models import Budget
from disclosure.content import Block, Content, Section
from disclosure.enums import NarrativeKey, NarrativeState
from disclosure.facts import Named
from disclosure.figures import facts_of
from disclosure.layouts.base import Layout, Part, PartKind, SectionPlan
from disclosure.models import Disclosure
from disclosure.narrative import Voice, resolve, said, unresolved
from disclosure.tables import TABLES
from disclosure.tables.grid import Table
from disclosure.tables.ordinals import ordinal
from disclosure.tables.scope import Scope
from disclosure.tables.t11_goals import Goals
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
WHOLE = {PartKind.OVERALL_GOAL, PartKind.DUTY_GOALS, PartKind.SAFEGUARDS}
"""What a unit need not have: its heading goes with it."""


class Composer:
    """Puts one draft together; ``lost`` are tokens that resolve to nothing, ``unreviewed`` texts nobody confirmed."""

    def __init__(self, disclosure: Disclosure, layout: Layout) -> None:
        self.disclosure, self.layout = disclosure, layout
        self.budget: Budget = disclosure.budget
        self.scope = Scope(disclosure, layout.plan)
        written = list(disclosure.narratives.all())
        self.texts = {row.key: row.text for row in written}
        self.names = {row.key: row.get_key_display() for row in written}
        self.unreviewed = [row.get_key_display() for row in written if row.state == NarrativeState.CARRIED_OVER]
        self.lost: list[str] = []
        wording = {**layout.wording, **(layout.unit_wording if disclosure.unit else {})}
        built = {table.key: table for table in self._built()}
        self.voice = Voice(
            year=self.scope.year,
            department=self.publisher.name,
            region=region_of(self.budget.fiscal_year.government.name),
            body=self.scope.body,
            facts=facts_of(self.scope),
            texts=self.texts,
            wording=wording,
            plan=layout.plan,
            tables=built,
            code_lists=code_lists_in(self.scope.year),
        )
        self.tables = {key: self._explained(table) for key, table in built.items()}

    def _built(self) -> Iterator[Table]:
        for table in TABLES:
            heading = self.layout.tables.get(table.key)
            if heading and table is Goals:
                yield from Goals.build_all(self.scope, heading)
            elif heading:
                yield table.build(self.scope, heading)

    @property
    def publisher(self) -> Named:
        """Return the department's or the unit's code and printed name."""
        of = self.disclosure.unit or self.budget.department
        return Named(of.code, of.name)

    def content(self) -> Content:
        """Return the whole content."""
        year = self.budget.fiscal_year
        department, unit = self.budget.department, self.disclosure.unit
        return Content(
            government=Named(year.government.code, year.government.name),
            year=year.year,
            phase=self.budget.phase,
            department=Named(department.code, department.name),
            unit=Named(unit.code, unit.name) if unit else None,
            layout=self.layout.key,
            money_unit=self.layout.money_unit,
            title=self.scope.named(self.layout.title.replace("{name}", self.publisher.name)),
            preamble=self._live(self.layout.wording["preamble"], "开头"),
            notice=year.government.notice or None,
            sections=tuple(self._section(plan) for plan in self.layout.sections),
            tables=tuple(self.tables.values()),
            facts=self.voice.facts,
        )

    def _live(self, text: str, place: str) -> str:
        """Put figures in place of tokens, and remember those that resolve to nothing."""
        lost = [f"{place}中的{token}" for token in unresolved(text, self.voice)]
        self.lost += [name for name in lost if name not in self.lost]
        return resolve(text, self.voice)

    def _explained(self, table: Table) -> Table:
        if table.empty_reason is None:
            return table
        words = self._live(self.voice.part("empty_table", reason=table.empty_reason.rstrip("。")), "空表说明")
        return msgspec.structs.replace(table, empty_reason=words)

    def _section(self, plan: SectionPlan) -> Section:
        title = self.scope.named(plan.title)
        blocks: list[Block] = []
        for part in plan.parts:
            made = list(self._blocks(part, title))
            if not made and part.kind in WHOLE and self.disclosure.unit and blocks and blocks[-1].role == "heading":
                blocks.pop()
            blocks += made
        return Section(plan.key, plan.number, title, tuple(blocks))

    def _blocks(self, part: Part, title: str) -> Iterator[Block]:
        makers: dict[PartKind, Callable[[], Iterator[Block]]] = {
            PartKind.TABLE: lambda: self._table(part.key),
            PartKind.CHART: lambda: iter((Block(chart=part.key),)),
            PartKind.HEADING: lambda: iter((Block(paragraph=self.scope.named(part.key), role="heading"),)),
            PartKind.COMPUTED: lambda: self._computed(part.key, title),
            PartKind.WRITTEN: lambda: self._written(part.key, title),
            PartKind.GLOSSARY: lambda: self._glossary(title),
            PartKind.DUTY_GOALS: self._duty_goals,
            PartKind.OVERALL_GOAL: lambda: self._paragraphs(self.overall.text, "总体绩效目标"),
            PartKind.SAFEGUARDS: lambda: self._paragraphs(self.overall.safeguards, "工作保障措施"),
        }
        return makers[part.kind]()

    def _table(self, key: str) -> Iterator[Block]:
        goals = [name for name in self.tables if name.startswith("goal-")] if key == Goals.key else []
        yield from (Block(table=name) for name in goals or [key])

    def _computed(self, key: str, title: str) -> Iterator[Block]:
        for words in said(key, self.voice):
            yield Block(paragraph=self._live(self._live(words, title), title))

    @cached_property
    def overall(self) -> OverallGoal:
        """Return the overall goal of the department or unit, a blank one where nobody wrote any."""
        return self.budget.overall_goals.filter(unit=self.disclosure.unit).first() or OverallGoal()

    def _written(self, key: str, title: str) -> Iterator[Block]:
        """Yield what people wrote; among the other matters, why an error was let stand where that is published."""
        yield from self._paragraphs(self.texts.get(key, ""), self.names.get(key, title))
        if key == NarrativeKey.OTHER_MATTERS:
            for reason in self.disclosure.waivers.filter(published=True).values_list("reason", flat=True):
                yield Block(paragraph=reason)

    def _glossary(self, title: str) -> Iterator[Block]:
        terms = self.disclosure.glossary_terms.order_by("position")
        listed = tuple(self._live(f"{term.term}：{term.explanation}", title) for term in terms)
        if listed:
            yield Block(list=listed)

    def _duty_goals(self) -> Iterator[Block]:
        for goal in self.budget.duty_goals.filter(unit=self.disclosure.unit).order_by("position"):
            yield Block(paragraph=f"（{ordinal(goal.position)}）{goal.duty}", role="subheading")
            said = [(label, getattr(goal, field)) for label, field in DUTY_PARTS]
            yield from (Block(paragraph=self._live(f"{label}：{text}", goal.duty)) for label, text in said if text)

    def _paragraphs(self, text: str, place: str) -> Iterator[Block]:
        """Yield one paragraph a line; a line that only says （一）and a title is a sub-heading."""
        for line in filter(None, map(str.strip, text.splitlines())):
            role = "subheading" if SUBHEADING.fullmatch(line) else None
            yield Block(paragraph=self._live(line, place), role=role)


def code_lists_in(year: int) -> str:
    """Say from which lists the names of codes are taken, and where another year's stands in for the official one."""
    found = lists_of([year], (CodeScheme.FUNCTION_GENERAL, CodeScheme.ECONOMIC))
    return "，".join(f"{CodeScheme(one.scheme).label.split('（')[0]}{one}" for one in found)


def region_of(government: str) -> str:
    """Return how a government speaks of its region, by the last word of its name: 我区, 我县, 我市."""
    return f"我{government[-1]}" if government[-1:] in REGION_WORDS else "本地区"
