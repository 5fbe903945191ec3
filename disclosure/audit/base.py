"""The registry of rules: each has one code, one severity, and a docstring that the clerk reads."""

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from inspect import getdoc

import msgspec

from disclosure.audit.citing import Cited, Compared, Outcome, Problem, Skipped, said
from disclosure.audit.tolerance import Tolerance, exact
from disclosure.document import Document

Condition = Callable[[Document], str | None]
"""Why a rule does not apply to a document, None where it does."""


class Severity(StrEnum):
    """What a finding means for the clerk: an error blocks, a warning asks for a reason, a note only informs."""

    ERROR = "错误"
    WARNING = "警告"
    NOTE = "提示"


class Family(StrEnum):
    """What sort of rule it is."""

    FOOTING = "表内勾稽"
    AGREEMENT = "表间勾稽"
    COMPLETENESS = "完整性"
    PROSE = "文字说明"
    GOALS = "绩效目标"
    STALENESS = "过时与残留"
    PLAUSIBILITY = "合理性"
    PUBLICATION = "公开程序"
    PRIVACY = "个人信息"


class Finding(msgspec.Struct, frozen=True):
    """What a rule found: the sentence, and the figures with their places (元); ``difference`` is between the two."""

    code: str
    severity: Severity
    message: str
    cited: tuple[Cited, ...]
    difference: Decimal | None


class Force(msgspec.Struct, frozen=True):
    """Where a rule is in force: from and to which budget year (None: always), in which layouts (none: in all)."""

    since: int | None = None
    until: int | None = None
    layouts: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Say it."""
        since = f"{self.since}年起" if self.since else ""
        until = f"到{self.until}年止" if self.until else ""
        return "，".join(filter(None, (since + until, "、".join(self.layouts)))) or "各年度各版式"


EVERYWHERE = Force()


class Rule(msgspec.Struct, frozen=True):
    """A rule of the audit; ``check`` is pure: a Document in, comparisons and problems out."""

    code: str
    family: Family
    severity: Severity
    sentence: str
    check: Callable[[Document], Iterator[Outcome]]
    applies: tuple[Condition, ...]
    force: Force

    @property
    def rank(self) -> tuple[str, tuple[int, ...]]:
        """Return the code's place in the list: T2.1 before T10.1, T before X."""
        return self.code[0], tuple(int(part) for part in self.code[1:].split("."))

    def outcomes(self, document: Document) -> list[Outcome]:
        """Return what the rule says, or the one reason why it does not apply."""
        reasons = (condition(document) for condition in (self._in_force, *self.applies))
        reason = next(filter(None, reasons), None)
        return [Skipped(reason)] if reason else list(self.check(document))

    def _in_force(self, document: Document) -> str | None:
        year, layout, force = document.content.year, document.content.layout, self.force
        if force.since and year < force.since:
            return f"自{force.since}年预算起适用"
        if force.until and year > force.until:
            return f"适用到{force.until}年预算为止"
        return f"不适用于本版式（{layout}）" if force.layouts and layout not in force.layouts else None


RULES: dict[str, Rule] = {}


def rule(
    code: str, family: Family, severity: Severity, *, applies: tuple[Condition, ...] = (), force: Force = EVERYWHERE
) -> Callable[[Callable[[Document], Iterator[Outcome]]], Rule]:
    """Register a function as the rule ``code``; its docstring is the sentence; a code is never used twice."""

    def register(check: Callable[[Document], Iterator[Outcome]]) -> Rule:
        if code in RULES:
            message = f"规则{code}已经登记。"
            raise ValueError(message)
        RULES[code] = Rule(code, family, severity, getdoc(check) or "", check, applies, force)
        return RULES[code]

    return register


class Report(msgspec.Struct, frozen=True):
    """What an audit found.

    Every rule that ran is in one of three places: it has findings, it passed, or it did not apply (with the reason).
    ``left_out`` says of a rule that judged something what it could not judge.
    """

    findings: tuple[Finding, ...]
    not_applicable: dict[str, str]
    passed: list[str]
    left_out: dict[str, tuple[str, ...]]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """Return what blocks."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.ERROR)


def catalogue() -> list[Rule]:
    """Return every rule in the order of codes."""
    return sorted(RULES.values(), key=lambda rule: rule.rank)


def run(document: Document, codes: Iterable[str] | None = None, tolerance: Tolerance = exact) -> Report:
    """Audit a document by all rules or by ``codes``; raise KeyError for a code that is no rule's."""
    chosen = [RULES[code] for code in codes] if codes is not None else catalogue()
    return report_of({rule: rule.outcomes(document) for rule in chosen}, tolerance)


def report_of(outcomes: dict[Rule, list[Outcome]], tolerance: Tolerance = exact) -> Report:
    """Judge what rules said."""
    report = Report((), {}, [], {})
    findings: list[Finding] = []
    for of, said_by_it in outcomes.items():
        found = [finding for outcome in said_by_it if (finding := judged(of, outcome, tolerance))]
        reasons = tuple(dict.fromkeys(filter(None, map(unjudged, said_by_it))))
        findings += found
        if not found and said_by_it and all(map(unjudged, said_by_it)):
            report.not_applicable[of.code] = f"不适用：{reasons[0]}"
            continue
        if not found:
            report.passed.append(of.code)
        if reasons:
            report.left_out[of.code] = reasons
    return msgspec.structs.replace(report, findings=tuple(findings))


def unjudged(outcome: Outcome) -> str | None:
    """Say why an outcome is neither right nor wrong, None where it is one of them."""
    if isinstance(outcome, Skipped):
        return outcome.reason
    return outcome.unjudged if isinstance(outcome, Compared) else None


def judged(of: Rule, outcome: Outcome, tolerance: Tolerance) -> Finding | None:
    """Return the finding of an outcome, None where nothing is wrong or nothing can be judged."""
    if isinstance(outcome, Problem):
        return Finding(of.code, of.severity, outcome.message, outcome.cited, None)
    if not isinstance(outcome, Compared) or outcome.unjudged:
        return None
    left, right = outcome.left, outcome.right
    if outcome.excess <= tolerance(max(left.addends, right.addends)) + outcome.slack:
        return None
    differing = said(outcome.excess, left.measure)
    message = f"{left.spoken}{outcome.relation}{right.spoken}，相差{differing}。请核对。"
    return Finding(of.code, of.severity, message, (left, right), outcome.excess)
