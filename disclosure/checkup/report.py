"""The findings on a document, each with the place where a person finds it; nothing of it is stored."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.readers.blocks import Block
from disclosure.audit import RULES, Finding, Report, run
from disclosure.audit.base import Rule, Severity, catalogue, report_of
from disclosure.audit.citing import Cited, Compared, Outcome, Place
from disclosure.audit.tolerance import WAN, printed_in_wan, printed_in_yuan
from disclosure.checkup.files import read_any
from disclosure.checkup.reading import Foreign, document_of
from disclosure.document import Document

PERCENT = "%"


class Said(NamedTuple):
    """A finding as it is told: the rule's code, how grave, where, what."""

    rule: str
    severity: str
    place: str
    message: str


class CheckUp(NamedTuple):
    """What an audit of one document says; ``passed`` and ``not_applicable`` are codes with sentences and reasons."""

    title: str
    findings: list[Said]
    passed: dict[str, str]
    not_applicable: dict[str, str]
    tables: list[str]

    @property
    def errors(self) -> int:
        """Count what would block."""
        return sum(finding.severity == Severity.ERROR for finding in self.findings)

    @property
    def by_severity(self) -> dict[str, list[Said]]:
        """Group the findings, the gravest first."""
        groups = {str(of): [said for said in self.findings if said.severity == of] for of in Severity}
        return {severity: found for severity, found in groups.items() if found}


def check_file(name: str, data: bytes) -> CheckUp:
    """Check a file up; raise ValidationError in words for one that cannot be read."""
    return check_blocks(read_any(name, data))


def check_blocks(blocks: Iterable[Block]) -> CheckUp:
    """Check up what was read of a file; raise ValidationError in words where there is nothing."""
    foreign = document_of(blocks)
    content = foreign.document.content
    if not content.tables and not any(section.blocks for section in content.sections):
        raise ValidationError("文件里没有可以检查的文字和表格。")
    report = report_of({rule: _outcomes(rule, foreign.document) for rule in catalogue()})
    return _told(foreign.document, report, foreign)


def check_document(document: Document) -> CheckUp:
    """Check one of our own documents up; places are said in words."""
    return _told(document, run(document), None)


def _outcomes(rule: Rule, document: Document) -> list[Outcome]:
    units = {table.key: table.unit for table in document.content.tables}
    return [_allowing(o, units) if isinstance(o, Compared) else o for o in rule.outcomes(document)]


def _allowing(outcome: Compared, units: dict[str, str]) -> Compared:
    """Add what the rounding of the paper explains."""
    sides = (outcome.left, outcome.right)
    if any(side.measure == PERCENT for side in sides):
        return outcome._replace(slack=outcome.slack + _of_rate(outcome.left))
    addends = max(side.addends for side in sides)
    yuan = all(units.get(side.place.table) == "元" for side in sides if side.place.table in units)
    named = any(side.place.table in units for side in sides)
    if yuan and named:
        return outcome._replace(slack=outcome.slack + printed_in_yuan(addends))
    return outcome._replace(slack=outcome.slack * WAN + printed_in_wan(addends))


def _of_rate(cited: Cited) -> Decimal:
    """Allow one unit of the last printed place of a percentage."""
    value = cited.value if isinstance(cited.value, Decimal) else Decimal(0)
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(max(-2, min(0, int(exponent))))


def _told(document: Document, report: Report, foreign: Foreign | None) -> CheckUp:
    findings = [Said(of.code, str(of.severity), _place(of, foreign), of.message) for of in report.findings]
    order = list(Severity)
    return CheckUp(
        title=document.content.title,
        findings=sorted(findings, key=lambda said: order.index(Severity(said.severity))),
        passed={code: RULES[code].sentence for code in report.passed},
        not_applicable=report.not_applicable,
        tables=[table.title for table in document.content.tables],
    )


def _place(finding: Finding, foreign: Foreign | None) -> str:
    """Name line, page or cell of what a finding cites first; its words where the file has no such place."""
    places = [cited.place for cited in finding.cited]
    if foreign is None:
        return places[0].words if places else ""
    located = (found for place in places if (found := _located(place, foreign)))
    return next(located, places[0].words if places else "")


def _located(place: Place, foreign: Foreign) -> str:
    if place.section >= 0:
        return foreign.places.get((place.section, place.block)) or ""
    if place.row is None:
        first = (where for (table, _, _), where in foreign.cells.items() if table == place.table)
        return foreign.cells.get((place.table, -1, "")) or next(first, "")
    return foreign.cells.get((place.table, place.row, place.column)) or ""
