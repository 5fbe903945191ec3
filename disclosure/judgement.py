"""What the audit says of a draft, kept until data or rules change; reasons for its warnings, waivers of its errors."""

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import msgspec
from django.db import transaction
from django.utils import timezone

from budgets.access import reaches
from budgets.models import AuditTrail
from disclosure import audit
from disclosure.audit import Severity
from disclosure.audit.base import Finding, Report
from disclosure.audit.citing import Place
from disclosure.document import Document
from disclosure.models import AuditResult, Disclosure, Explanation, Waiver
from disclosure.refusal import RefusalError

Answer = TypeVar("Answer", Explanation, Waiver)


class Said(msgspec.Struct, frozen=True):
    """A finding as it is kept: its words and places; what it cites is in the words."""

    code: str
    severity: Severity
    message: str
    places: tuple[Place, ...]

    @classmethod
    def of(cls, finding: Finding) -> "Said":
        """Keep a finding."""
        return cls(finding.code, finding.severity, finding.message, tuple(cited.place for cited in finding.cited))

    @property
    def fingerprint(self) -> str:
        """Tell one finding from another: the same rule saying the same."""
        return hashlib.sha256(f"{self.code}\n{self.message}".encode()).hexdigest()


class Kept(msgspec.Struct, frozen=True):
    """A report as it is kept."""

    findings: tuple[Said, ...]
    passed: tuple[str, ...]
    not_applicable: dict[str, str]

    @classmethod
    def of(cls, report: Report) -> "Kept":
        """Keep a report."""
        return cls(tuple(map(Said.of, report.findings)), tuple(report.passed), report.not_applicable)


class Judged(NamedTuple):
    """A finding with what was answered to it."""

    said: Said
    explanation: Explanation | None
    waiver: Waiver | None

    @property
    def blocking(self) -> bool:
        """Whether it stands in the way of publication."""
        return self.said.severity is Severity.ERROR and self.waiver is None

    @property
    def unexplained(self) -> bool:
        """Whether a reason is still asked for."""
        return self.said.severity is Severity.WARNING and self.explanation is None


class Judgement(NamedTuple):
    """Everything found, with the answers; ``void`` are waivers whose finding is gone."""

    report: Kept
    items: tuple[Judged, ...]
    void: tuple[Waiver, ...]
    result: AuditResult

    @property
    def blocking(self) -> list[Judged]:
        """Return the errors nobody waived."""
        return [item for item in self.items if item.blocking]

    @property
    def unexplained(self) -> list[Judged]:
        """Return the warnings without a reason."""
        return [item for item in self.items if item.unexplained]

    @property
    def counts(self) -> dict[str, int]:
        """Count the findings by severity."""
        found = Counter(item.said.severity for item in self.items)
        return {str(severity): found[severity] for severity in Severity}


def judge(disclosure: Disclosure, document: Document | None = None) -> Judgement:
    """Audit a draft, or take what was found of the same data by the same rules."""
    document = document or Document.of(disclosure)
    return _judged(disclosure, _kept(disclosure, document))


def last_judged(disclosure: Disclosure) -> Judgement | None:
    """Return what the last check found, of whatever the draft said then; None where there was none."""
    result = AuditResult.objects.filter(disclosure=disclosure).first()
    return None if result is None else _judged(disclosure, result)


def still_holds(result: AuditResult, document: Document) -> bool:
    """Tell whether a check was made of this very draft by the rules of today."""
    return (result.data_sha256, result.rules_sha256) == (data_hash(document), rules_hash())


def _judged(disclosure: Disclosure, result: AuditResult) -> Judgement:
    report = msgspec.json.decode(result.report, type=Kept)
    reasons = {row.fingerprint: row for row in disclosure.explanations.select_related("by")}
    waivers = {row.fingerprint: row for row in disclosure.waivers.select_related("by")}
    items = tuple(
        Judged(said, reasons.get(said.fingerprint), waivers.get(said.fingerprint)) for said in report.findings
    )
    found = {said.fingerprint for said in report.findings}
    void = tuple(waiver for fingerprint, waiver in waivers.items() if fingerprint not in found)
    return Judgement(report, items, void, result)


def _kept(disclosure: Disclosure, document: Document) -> AuditResult:
    hashes = {"data_sha256": data_hash(document), "rules_sha256": rules_hash()}
    kept = AuditResult.objects.filter(disclosure=disclosure, **hashes).first()
    if kept is None:
        report = Kept.of(audit.run(document))
        counts = Counter(said.severity for said in report.findings)
        known = {
            **hashes,
            "at": timezone.now(),
            "errors": counts[Severity.ERROR],
            "warnings": counts[Severity.WARNING],
            "notes": counts[Severity.NOTE],
            "report": msgspec.json.encode(report).decode(),
        }
        kept, _ = AuditResult.objects.update_or_create(disclosure=disclosure, defaults=known)
    return kept


def data_hash(document: Document) -> str:
    """Return the SHA-256 of all that rules may look at: content and context, the day included."""
    around = msgspec.json.encode(document.context, order="sorted")
    return hashlib.sha256(document.canonical.encode() + around).hexdigest()


@cache
def rules_hash() -> str:
    """Return the SHA-256 of the rules' own source."""
    folder = Path(audit.__file__).parent
    return hashlib.sha256(b"".join(path.read_bytes() for path in sorted(folder.glob("*.py")))).hexdigest()


def explain(disclosure: Disclosure, fingerprint: str, *, by: Any, reason: str) -> Explanation:
    """Give the reason why a warning stands; raise RefusalError where ``by`` may not, or there is no such warning."""
    [row] = explain_many(disclosure, {fingerprint: reason}, by=by)
    return row


def explain_many(disclosure: Disclosure, reasons: Mapping[str, str], *, by: Any) -> list[Explanation]:
    """Give reasons by fingerprint, all of them or none; the draft is checked once, however many there are."""
    return _answer(Explanation, disclosure, reasons, Given(by, "说明原因", Severity.WARNING, {}))


def explain_alike(disclosure: Disclosure, fingerprint: str, *, by: Any, reason: str) -> int:
    """Give one reason for a warning and for all of the same rule that have none yet; return for how many."""
    items = judge(disclosure).items
    rules = {item.said.code for item in items if item.said.fingerprint == fingerprint}
    alike = [item.said.fingerprint for item in items if item.unexplained and item.said.code in rules]
    return len(explain_many(disclosure, dict.fromkeys([fingerprint, *alike], reason), by=by))


def waive(disclosure: Disclosure, fingerprint: str, *, by: Any, reason: str, published: bool = False) -> Waiver:
    """Let an error stand; raise RefusalError where ``by`` is not the bureau's reviewer, or there is no such error."""
    given = Given(by, "豁免错误", Severity.ERROR, {"published": published})
    [row] = _answer(Waiver, disclosure, {fingerprint: reason}, given)
    return row


def take_back(waiver: Waiver, *, by: Any) -> None:
    """Take a waiver back."""
    _may(by, waiver, "豁免错误")
    with transaction.atomic():
        said = {"subject": f"disclosure:{waiver.disclosure_id}", "rule": waiver.rule, "reason": waiver.reason}
        waiver.delete()
        AuditTrail.append("unwaive", str(waiver.disclosure), by=by, **said)


class Given(NamedTuple):
    """How answers were given: by whom, what the act is called, and to what sort of finding."""

    by: Any
    act: str
    severity: Severity
    more: dict[str, Any]


def _answer(
    model: Callable[..., Answer], disclosure: Disclosure, reasons: Mapping[str, str], given: Given
) -> list[Answer]:
    common = {"disclosure": disclosure, "by": given.by, "at": timezone.now(), **given.more}
    rows = [model(fingerprint=found, reason=reason.strip(), **common) for found, reason in reasons.items()]
    for row in rows:
        _may(given.by, row, given.act)
    with transaction.atomic():
        Disclosure.objects.select_for_update().get(pk=disclosure.pk)
        found = {item.said.fingerprint: item.said for item in judge(disclosure).items} if rows else {}
        for row in rows:
            _store(row, found.get(row.fingerprint), given.severity)
    return rows


def _store(row: Explanation | Waiver, found: Said | None, severity: Severity) -> None:
    """Put an answer in the place of the one before it; raise RefusalError where it answers nothing or says nothing."""
    if found is None or found.severity is not severity:
        raise RefusalError("这一问题已经不在了，或已经改变。请重新查看检查结果。")
    if not row.reason:
        message = f"请写明{'豁免的理由' if found.severity is Severity.ERROR else '原因'}。"
        raise RefusalError(message)
    row.rule, row.message = found.code, found.message
    type(row).objects.filter(disclosure=row.disclosure, fingerprint=row.fingerprint).delete()
    row.save()
    act = "waive" if isinstance(row, Waiver) else "explain"
    subject = f"disclosure:{row.disclosure_id}"
    AuditTrail.append(act, str(row.disclosure), by=row.by, subject=subject, rule=row.rule, reason=row.reason)


def _may(by: Any, row: Any, act: str) -> None:
    if not reaches(by, row, "change"):
        message = f"用户“{by}”不能{act}，请由{'财政审核人' if isinstance(row, Waiver) else '经办人'}办理。"
        raise RefusalError(message)
