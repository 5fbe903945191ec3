"""What the database knows of all disclosures of a year, one query for each sort of record."""

from collections import Counter
from datetime import date, datetime
from typing import Any, NamedTuple

import msgspec
from django.db.models import Count, Max, Min, Q
from django.utils.timezone import localdate

from budgets.enums import Phase
from budgets.models import FiscalYear
from disclosure.audit.base import Severity
from disclosure.board.lacking import Lacking, lacking_among
from disclosure.enums import Status
from disclosure.judgement import Said, rules_hash
from disclosure.models import (
    AuditResult,
    Comment,
    Contribution,
    Disclosure,
    Edition,
    Exemption,
    Explanation,
    Transition,
    UrgentPublication,
    Waiver,
)

Target = tuple[int, int | None]
"""A department's key and a unit's."""
CHANGED, UNSEEN = "数据已变，待重新检查", "未检查"


class Found(msgspec.Struct, frozen=True):
    """Of a kept report, what the board and the self-inspection need."""

    findings: tuple[Said, ...] = ()
    passed: tuple[str, ...] = ()
    not_applicable: dict[str, str] = {}


class Audited(NamedTuple):
    """What the last audit of a draft found, with what was answered, and whether it still speaks of the draft."""

    at: datetime | None = None
    errors: int = 0
    waived: int = 0
    warnings: int = 0
    unexplained: int = 0
    is_stale: bool = False
    found: Found = Found()

    @property
    def doubt(self) -> str:
        """Say why the figures are not to be relied on; blank where they are."""
        if self.at is None:
            return UNSEEN
        return CHANGED if self.is_stale else ""


class Records(NamedTuple):
    """Everything of a year, by department and unit or by the disclosure's key."""

    disclosures: dict[Target, Disclosure]
    exemptions: dict[Target, Exemption]
    published: dict[int, date]
    audited: dict[int, Audited]
    last: dict[int, Transition]
    remarks: dict[int, int]
    urgent: dict[int, int]
    lacking: dict[int, Lacking]


def records_of(year: FiscalYear) -> Records:
    """Read a year."""
    found = drafts(year)
    disclosures = {(one.budget.department_id, one.unit_id): one for one in found}
    exemptions = Exemption.objects.filter(fiscal_year=year)
    own: dict[str, Any] = {"disclosure__in": of_year(year)}
    open_remarks = Comment.objects.filter(**own, resolved_at=None).order_by().values_list("disclosure")
    unconfirmed = UrgentPublication.objects.filter(edition__disclosure__in=of_year(year), confirmed_at=None)
    moved = _moved(year)
    newest = Transition.objects.filter(pk__in=[last for last, _ in moved.values()]).select_related("by")
    return Records(
        disclosures,
        {(row.department_id, row.unit_id): row for row in exemptions},
        _published(year),
        _audited(year, found, {pk: opened for pk, (_, opened) in moved.items()}),
        {row.disclosure_id: row for row in newest},
        dict(open_remarks.annotate(number=Count("pk"))),
        Counter(unconfirmed.values_list("edition__disclosure", flat=True)),
        lacking_among(Edition.objects.filter(disclosure__in=of_year(year))),
    )


def of_year(year: FiscalYear) -> Any:
    """Return the disclosures of a year's 年初预算."""
    return Disclosure.objects.filter(budget__fiscal_year=year, budget__phase=Phase.INITIAL)


def drafts(year: FiscalYear) -> list[Disclosure]:
    """Return them with what names them, in the order of codes."""
    followed = ("unit", "budget__department", "budget__fiscal_year__government", "scheduled_by")
    return list(of_year(year).select_related(*followed).order_by("budget__department__code", "unit__code", "pk"))


def _published(year: FiscalYear) -> dict[int, date]:
    """Return the day of the first publication of whatever still stands before the public."""
    rows = Edition.objects.filter(disclosure__in=of_year(year)).order_by().values("disclosure")
    counted = rows.annotate(first=Min("published_at"), standing=Count("pk", filter=Q(withdrawal=None)))
    return {row["disclosure"]: localdate(row["first"]) for row in counted if row["standing"]}


def _moved(year: FiscalYear) -> dict[int, tuple[int, datetime | None]]:
    """Return the last step of each, and when it was last given back to be filled in."""
    rows = Transition.objects.filter(disclosure__in=of_year(year)).order_by().values_list("disclosure")
    newest = rows.annotate(last=Max("pk"), opened=Max("at", filter=Q(after=Status.DRAFTING)))
    return {pk: (last, opened) for pk, last, opened in newest}


def _audited(year: FiscalYear, found: list[Disclosure], opened: dict[int, datetime | None]) -> dict[int, Audited]:
    results = {row.disclosure_id: row for row in AuditResult.objects.filter(disclosure__in=of_year(year))}
    reasons, waivers = _answers(Explanation, year), _answers(Waiver, year)
    written = _written(year)
    return {
        one.pk: _answered(
            results[one.pk],
            reasons.get(one.pk, set()),
            waivers.get(one.pk, set()),
            [moment for moment in (opened.get(one.pk), *_edits(written, one)) if moment],
        )
        for one in found
        if one.pk in results
    }


def _answers(model: Any, year: FiscalYear) -> dict[int, set[str]]:
    answers: dict[int, set[str]] = {}
    for pk, fingerprint in model.objects.filter(disclosure__in=of_year(year)).values_list("disclosure", "fingerprint"):
        answers.setdefault(pk, set()).add(fingerprint)
    return answers


def _written(year: FiscalYear) -> dict[int, list[tuple[int | None, datetime]]]:
    """Return, by budget, who wrote in which unit's rows last, and when."""
    written: dict[int, list[tuple[int | None, datetime]]] = {}
    rows = Contribution.objects.filter(budget__fiscal_year=year, budget__phase=Phase.INITIAL)
    for budget, unit, at in rows.values_list("budget", "unit", "at"):
        written.setdefault(budget, []).append((unit, at))
    return written


def _edits(written: dict[int, list[tuple[int | None, datetime]]], one: Disclosure) -> list[datetime]:
    """Return when somebody wrote what a document prints; a department's prints its units' rows too."""
    rows = written.get(one.budget_id, [])
    return [at for unit, at in rows if one.unit_id is None or unit in {None, one.unit_id}]


def _answered(result: AuditResult, reasons: set[str], waivers: set[str], moments: list[datetime]) -> Audited:
    found = msgspec.json.decode(result.report, type=Found)
    errors = [said for said in found.findings if said.severity is Severity.ERROR]
    warnings = [said for said in found.findings if said.severity is Severity.WARNING]
    waived = sum(said.fingerprint in waivers for said in errors)
    stale = result.rules_sha256 != rules_hash() or any(moment > result.at for moment in moments)
    unexplained = sum(said.fingerprint not in reasons for said in warnings)
    return Audited(result.at, len(errors) - waived, waived, len(warnings), unexplained, stale, found)
