"""Takes a file in, all or nothing; the preview is the same import rolled back, so the two cannot disagree."""

from pathlib import PurePath
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from budgets.models import AuditTrail, Budget
from budgets.readers.documents import read_document
from budgets.readers.files import read_file
from budgets.readers.sheets import Sheet
from disclosure.intake.footings import wrong_totals
from disclosure.intake.gate import admit
from disclosure.intake.images import before_of, state_of, trace_of
from disclosure.intake.notices import notices_of
from disclosure.intake.outcome import Outcome, SheetOutcome, Ticks, changes_of
from disclosure.intake.owner import Owner, contradictions
from disclosure.intake.past import Proposal, read_past
from disclosure.intake.plans import Plan, Planner
from disclosure.intake.problems import Problem, of_file
from disclosure.intake.progress import begin, say
from disclosure.intake.recognition import Found, Recognised, recognise
from disclosure.intake.sheets import EMPTY_TABLES, sheets_of
from disclosure.intake.storing import remove, store
from disclosure.intake.totals import totals_of
from disclosure.intake.written import WRITTEN, proposed, unit_codes
from disclosure.marks import settle
from disclosure.models import Disclosure, ImportRecord, ImportRun
from disclosure.refusal import RefusalError
from disclosure.scopes import remember

CHANGED = "预览之后数据或文件有变化，没有导入任何内容"


class Upload(NamedTuple):
    """A file as it came."""

    name: str
    data: bytes


class IntakeRefusedError(RefusalError):
    """A file that was not taken in: nothing was stored, and every reason is there."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        if not problems:
            problems = (of_file("没有导入任何内容，但系统没有给出原因", "请把文件交给管理员。"),)
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


def preview(disclosure: Disclosure, upload: Upload, *, by: Any) -> Outcome:
    """Import and roll back; raise ValidationError for a file that cannot be read, RefusalError for a stranger."""
    return _take(disclosure, upload, by, None)


def commit(disclosure: Disclosure, upload: Upload, *, by: Any, ticks: Ticks | None = None, seen: str = "") -> Outcome:
    """Import; raise IntakeRefusedError with every reason where it cannot be done. ``seen``: the preview's digest."""
    return _take(disclosure, upload, by, (ticks or Ticks(), seen))


def _take(disclosure: Disclosure, upload: Upload, by: Any, asked: tuple[Ticks, str] | None) -> Outcome:
    followed = ("budget__fiscal_year__government", "budget__department", "unit")
    rows = Disclosure.objects.select_related(*followed)
    admit(rows.get(pk=disclosure.pk), by=by)
    say("正在读取文件")
    content = _content(disclosure, upload)
    with transaction.atomic():
        budget = Budget.objects.select_for_update().get(pk=disclosure.budget_id)
        fresh = rows.select_for_update(of=("self",)).get(pk=disclosure.pk)
        admit(fresh, by=by)
        outcome, plans = _work(fresh, _recognised(fresh, content), by)
        if asked is None:
            transaction.set_rollback(True)
            return outcome
        ticks, seen = asked
        reasons = outcome.obstacles(ticks)
        if seen and seen != outcome.digest:
            reasons = (of_file(CHANGED, "请重新预览，核对后再确认。"), *reasons)
        if reasons:
            raise IntakeRefusedError(reasons)
        return outcome._replace(run=_record(fresh, budget, upload, by, plans))


def _content(disclosure: Disclosure, upload: Upload) -> list[Sheet] | Proposal:
    """Read a file by its suffix: a spreadsheet as sheets, a written document as what it proposes."""
    if PurePath(upload.name).suffix.lower() in (*WRITTEN, ".doc"):
        return read_past(read_document(upload.name, upload.data), unit_codes(disclosure))
    return read_file(upload.name, upload.data)


def _recognised(disclosure: Disclosure, content: list[Sheet] | Proposal) -> Recognised:
    if isinstance(content, Proposal):
        return proposed(content, disclosure)
    return recognise(content, sheets_of(disclosure), Owner.of(disclosure))


def _work(disclosure: Disclosure, recognised: Recognised, by: Any) -> tuple[Outcome, list[Plan]]:
    """Store what a file says, as far as it can be; the caller keeps it or rolls back."""
    if problems := _refusals(disclosure, recognised):
        return Outcome((), tuple(problems), tuple(recognised.strangers)), []
    begin(len(recognised.found), sum(len(one.sheet.rows) - one.header - 1 for one in recognised.found))
    plans = _store(Planner(disclosure, by, {}), recognised.found)
    for plan in plans:
        plan.problems.extend(wrong_totals(plan))
    outcomes = tuple(_said(plan, disclosure) for plan in plans)
    wrong = [problem for plan in plans for problem in sorted(plan.problems, key=_order)]
    notices = [*recognised.notices, *(one for plan in plans for one in notices_of(plan, disclosure))]
    return Outcome(outcomes, tuple(wrong), tuple(recognised.strangers), tuple(dict.fromkeys(notices))), plans


def _refusals(disclosure: Disclosure, recognised: Recognised) -> list[Problem]:
    """Say why a file as a whole cannot be taken; a written document has its own reasons."""
    if recognised.problems and not recognised.found:
        return recognised.problems
    problems = [*contradictions(Owner.of(disclosure), recognised.stated), *recognised.problems]
    if not recognised.found:
        problems.append(of_file("文件里没有可以导入的工作表", "请用填报模板，或把工作表名、表头改成模板中的写法。"))
    return problems


def _store(planner: Planner, found: list[Found]) -> list[Plan]:
    """Store sheet after sheet; a table stops being declared empty before it is filled, and the other way round."""
    declarations = [one for one in found if one.kind is EMPTY_TABLES]
    before = [planner.plan(one, checked=False) for one in declarations]
    _remove(before)
    plans = []
    for one in found:
        if one.kind is not EMPTY_TABLES:
            plan = planner.plan(one)
            planner.leaving[plan.kind.model] = {row.pk for row in plan.removed}
            say(f"正在写入：{plan.kind.title}")
            store(plan)
            say(f"已核对：{plan.kind.title} {len(plan.lines)}行", sheets=1)
            plans.append(plan)
    _remove(plans[::-1])
    for one, earlier in zip(declarations, before, strict=True):
        plan = planner.plan(one)
        plan.removed = earlier.removed
        store(plan)
        say(f"已核对：{plan.kind.title} {len(plan.lines)}行", sheets=1)
        plans.append(plan)
    return plans


def _remove(plans: list[Plan]) -> None:
    for plan in plans:
        if plan.removed:
            remove(plan)


def _order(problem: Problem) -> tuple[int, int]:
    return problem.row, problem.column


def _said(plan: Plan, disclosure: Disclosure) -> SheetOutcome:
    totals = totals_of(plan, disclosure)
    added, changed, removed = changes_of(plan)
    return SheetOutcome(
        title=plan.kind.title,
        read=len(plan.lines),
        used=len(plan.lines) - len(plan.refused),
        refused=len(plan.refused),
        same=len(plan.same),
        aside=tuple(plan.aside),
        totals=totals,
        added=added,
        changed=changed,
        removed=removed,
    )


def _record(disclosure: Disclosure, budget: Budget, upload: Upload, by: Any, plans: list[Plan]) -> ImportRun:
    say("正在保存导入记录")
    version = budget.version + 1
    Budget.objects.filter(pk=budget.pk).update(version=version)
    Disclosure.objects.filter(pk=disclosure.pk).update(version=disclosure.version + 1)
    names = ("added", "changed", "removed")
    counts: dict[str, Any] = {name: sum(len(getattr(plan, name)) for plan in plans) for name in names}
    run = ImportRun(disclosure=disclosure, file_name=upload.name[-200:], by=by, at=timezone.now(), **counts)
    run.keep(upload.data)
    run.version, run.state_sha256 = version, state_of(disclosure)
    run.save()
    ImportRecord.objects.create(run=run, before=before_of(plans), trace=trace_of(plans))
    remember(by, budget, disclosure.unit_id)
    for plan in plans:
        settle(plan.kind.model, [draft.stored.pk for draft in plan.changed], by=by)
    said = {"subject": f"disclosure:{disclosure.pk}", "file": run.file_name, "sha256": run.sha256, **counts}
    models = [plan.kind.model._meta.label for plan in plans if plan.added or plan.changed or plan.removed]
    AuditTrail.append("import", str(disclosure), by=by, models=models, **said)
    return run
