"""Rows for tests: a unit with its department, government and year, and one row of every scoped model for it."""

from datetime import date
from decimal import Decimal

from django.contrib.auth import get_user_model
from django.utils import timezone

from budgets.enums import AssetCategory, Kind, Level, Source, ThreePublicItem
from budgets.models import (
    AssetHolding,
    Budget,
    CarryForward,
    ControlFigure,
    Department,
    Economic,
    ExpenditureLine,
    FiscalYear,
    Function,
    Government,
    PreviousFigure,
    ProcurementCatalogue,
    ProcurementItem,
    Project,
    RevenueLine,
    SiteIdentity,
    ThreePublicCost,
    Unit,
    UnitProfile,
)
from disclosure.models import (
    ArchivedDisclosure,
    ArchivedWithdrawal,
    Attachment,
    AttachmentVoid,
    AuditResult,
    CarriedRow,
    Comment,
    Contribution,
    Disclosure,
    Edition,
    EditionEvidence,
    EditionManifest,
    EmptyTable,
    Exemption,
    Explanation,
    GlossaryTerm,
    ImportRecord,
    ImportRun,
    LedgerEntry,
    Narrative,
    Notice,
    Presence,
    RenderingClaim,
    RenderingFailure,
    SearchEntry,
    SearchLeaf,
    SearchSheet,
    Transition,
    Waiver,
    WithdrawnFile,
)
from disclosure.opendata import ledger
from performance.models import (
    DutyGoal,
    GoalStatement,
    Indicator,
    IndicatorClass,
    OverallGoal,
    OverallIndicator,
    ProjectGoal,
)

HUNDRED = Decimal("100.00")


def a_unit(government: str, department: str, code: str) -> Unit:
    """Make a unit, and its department, government, year and budget where they are not there yet."""
    of, _ = Government.objects.get_or_create(
        code=government, defaults={"name": "示例区", "full_name": "示例市示例区", "level": Level.COUNTY}
    )
    year, _ = FiscalYear.objects.get_or_create(government=of, year=2022)
    owner, _ = Department.objects.get_or_create(
        government=of, code=department, defaults={"name": f"部门{department}", "full_name": f"示例部门{department}"}
    )
    Budget.objects.get_or_create(fiscal_year=year, department=owner)
    return Unit.objects.create(department=owner, code=code, name=f"单位{government}-{code}", affiliation="head")


def a_row_of_everything(unit: Unit) -> dict[type, object]:
    """Make one row of every model that belongs to a unit, by model."""
    budget = Budget.objects.get(department=unit.department)
    owned = {"budget": budget, "unit": unit}
    serial = unit.department.government.code + "22" + f"P{unit.pk:012d}"
    project = Project.objects.create(code=serial, name=f"项目{unit.code}", unit=unit, category="specific")
    function, economic = Function.objects.get(code="2013202"), Economic.objects.get(code="30201")
    catalogue, _ = ProcurementCatalogue.objects.get_or_create(code="A0201", vintage=2022, defaults={"name": "设备"})
    goal = ProjectGoal.objects.create(budget=budget, project=project, position=unit.pk)
    own = Disclosure.objects.create(budget=budget, unit=unit)
    line = {"function": function, "amount": HUNDRED, "source": Source.GENERAL}
    rows = [
        unit,
        UnitProfile.objects.create(unit=unit, year=2022, nature="administrative"),
        project,
        goal,
        own,
        RevenueLine.objects.create(**owned, source=Source.GENERAL, amount=HUNDRED),
        CarryForward.objects.create(**owned, source=Source.FUND, amount=Decimal(0)),
        ExpenditureLine.objects.create(**owned, **line, kind=Kind.PROJECT, project=project, economic=economic),
        ControlFigure.objects.create(**owned, source=Source.GENERAL, kind=Kind.PROJECT, amount=HUNDRED),
        PreviousFigure.objects.create(**owned, measure="budget", table="summary", code="total", amount=HUNDRED),
        ThreePublicCost.objects.create(**owned, item="reception", amount=Decimal(0)),
        AssetHolding.objects.create(**owned, category="vehicles", as_of=date(2021, 12, 31)),
        ProcurementItem.objects.create(
            **owned,
            name="设备",
            catalogue=catalogue,
            type="goods",
            mode="central",
            source=Source.GENERAL,
            amount=HUNDRED,
        ),
        GoalStatement.objects.create(goal=goal, number=1, text="办好"),
        Indicator.objects.create(
            goal=goal, position=1, name="数量", classified=IndicatorClass.objects.first(), operator="≥", value="1"
        ),
        OverallGoal.objects.create(**owned, text="总目标"),
        DutyGoal.objects.create(**owned, position=1, duty="职责"),
        OverallIndicator.objects.create(**owned, position=1, name="数量", classified=IndicatorClass.objects.first()),
        Narrative.objects.create(disclosure=own, key="duties", text="职责"),
        GlossaryTerm.objects.create(disclosure=own, position=1, term="名词", explanation="解释"),
        EmptyTable.objects.create(disclosure=own, table="fund_expenditure", reason="没有安排"),
        _an_import(own),
        *_audited(own),
        *_handled(own),
        _a_notice(own),
        *_files(own, unit),
        *(published := _published(own)),
        _a_ledger_line(published[0].edition),
        EditionManifest.objects.create(edition=published[0].edition, at=timezone.now(), text="{}", signature="00"),
    ]
    return {type(row): row for row in rows}


def _a_ledger_line(edition: Edition) -> LedgerEntry:
    """Write a line of the public ledger about an edition that was made without the workflow."""
    ledger.published(edition)
    return LedgerEntry.objects.get(edition=edition)


def _audited(disclosure: Disclosure) -> list[object]:
    by, _ = get_user_model().objects.get_or_create(username=f"审核人{disclosure.pk}")
    answer = {
        "disclosure": disclosure,
        "rule": "B11",
        "fingerprint": "f" * 64,
        "message": "缺少指标。",
        "reason": "说明",
    }
    counts = {"errors": 0, "warnings": 1, "notes": 0}
    result = AuditResult.objects.create(disclosure=disclosure, at=timezone.now(), report="{}", **counts)
    return [result, *(model.objects.create(by=by, at=timezone.now(), **answer) for model in (Explanation, Waiver))]


def _handled(disclosure: Disclosure) -> list[object]:
    by, _ = get_user_model().objects.get_or_create(username=f"办理人{disclosure.pk}")
    budget, unit, signed = disclosure.budget, disclosure.unit, {"by": by, "at": timezone.now()}
    of = {"fiscal_year": budget.fiscal_year, "department": budget.department, "unit": unit}
    return [
        Transition.objects.create(
            disclosure=disclosure, round=1, act="submit", before="drafting", after="department_review", **signed
        ),
        Comment.objects.create(disclosure=disclosure, place="表五", text="请核对", **signed),
        Contribution.objects.create(budget=budget, unit=unit, **signed),
        CarriedRow.objects.create(budget=budget, unit=unit, model="budgets.Unit", row=unit.pk, **signed),
        Presence.objects.create(disclosure=disclosure, user=signed["by"], place="", at=signed["at"]),
        Exemption.objects.create(**of, kind="merged", reason="并入本级公开"),
    ]


def _published(disclosure: Disclosure) -> list[object]:
    evidence = _evidence(disclosure)
    edition, unit = evidence.edition, disclosure.unit
    entry = {"edition": edition, "kind": "unit", "title": unit.name, "words": unit.name}
    return [
        evidence,
        RenderingClaim.objects.create(edition=edition, worker="机器一:1", free_at=timezone.now()),
        RenderingFailure.objects.create(edition=edition, format="pdf", reason="内存不足。"),
        WithdrawnFile.objects.create(edition=edition, format="pdf", sha256="0" * 64),
        SearchEntry.objects.create(number=edition.pk << 16, **entry),
        SearchLeaf.objects.create(number=edition.pk, edition=edition, lines=f"\n{unit.name[:2]}\t1\n"),
        SearchSheet.objects.create(edition=edition, kinds="0,1,0,0,0,0,0", stride=64, grams={1}),
    ]


def _evidence(disclosure: Disclosure) -> EditionEvidence:
    by, _ = get_user_model().objects.get_or_create(username=f"发布人{disclosure.pk}")
    department, unit, now = disclosure.budget.department, disclosure.unit, timezone.now()
    edition = Edition.objects.create(
        disclosure=disclosure,
        number=1,
        kind="first",
        government_code=department.government.code,
        year=2022,
        phase="initial",
        department_code=department.code,
        department_name=department.name,
        unit_code=unit.code,
        unit_name=unit.name,
        title="2022年单位预算",
        index_number=f"{disclosure.pk}",
        topic="财政预算、决算",
        publisher=unit.name,
        content_sha256="0" * 64,
        published_at=now,
        published_by=by,
    )
    counts = dict.fromkeys(("errors", "warnings", "notes"), 0)
    report = '{"findings":[],"passed":[],"not_applicable":{}}'
    said = {"findings": report, "explanations": "[]", "waivers": "[]"}
    return EditionEvidence.objects.create(edition=edition, at=now, **counts, **said)


def _a_notice(disclosure: Disclosure) -> Notice:
    to, _ = get_user_model().objects.get_or_create(username=f"收件人{disclosure.pk}")
    key = f"returned:disclosure {disclosure.pk}"
    return Notice.objects.create(
        user=to, kind="returned", disclosure=disclosure, text="请补充。", key=key, at=timezone.now()
    )


def _an_import(disclosure: Disclosure) -> ImportRun:
    by, _ = get_user_model().objects.get_or_create(username=f"导入人{disclosure.pk}")
    counts = dict.fromkeys(("size", "added", "changed", "removed", "version"), 1)
    run = ImportRun.objects.create(disclosure=disclosure, file_name="填报表.xlsx", by=by, at=timezone.now(), **counts)
    ImportRecord.objects.create(run=run, before="{}", trace="{}")
    return run


def _files(disclosure: Disclosure, unit: Unit) -> list[object]:
    by, _ = get_user_model().objects.get_or_create(username=f"存档人{disclosure.pk}")
    department, now = unit.department, timezone.now()
    stored = {"file_name": "扫描件.pdf", "extension": "pdf", "sha256": "0" * 64, "size": 1}
    attachment = Attachment.objects.create(disclosure=disclosure, kind="signature", by=by, at=now, **stored)
    archived = ArchivedDisclosure.objects.create(
        government=department.government,
        department=department,
        unit=unit,
        government_code=department.government.code,
        government_name=department.government.full_name,
        department_code=department.code,
        department_name=department.name,
        unit_code=unit.code,
        unit_name=unit.name,
        year=2019,
        phase="initial",
        title="2019年单位预算",
        published_on=date(2019, 3, 1),
        publisher=department.full_name,
        added_by=by,
        added_at=now,
        **stored,
    )
    void = AttachmentVoid.objects.create(attachment=attachment, reason="传错文件", by=by, at=now)
    gone = {"withdrawn_by": by, "withdrawn_at": now, "reason": "误公开"}
    return [attachment, archived, void, ArchivedWithdrawal.objects.create(archived=archived, **gone)]


STATES = ({"n": None}, {"n": Decimal("0.00")}, {"n": Decimal("12.50")}, {"not": True})
"""A figure missing, zero, a number, not applicable."""


def in_every_state(unit: Unit) -> list[object]:
    """Store rows whose figures are missing, zero, a number and not applicable, beside a 结转下年."""
    budget = Budget.objects.get(department=unit.department)
    owned = {"budget": budget, "unit": unit}
    catalogue, _ = ProcurementCatalogue.objects.get_or_create(code="A0201", vintage=2022, defaults={"name": "设备"})
    bought = {"catalogue": catalogue, "type": "goods", "mode": "central", "source": Source.GENERAL, "amount": HUNDRED}
    items, categories, codes = ThreePublicItem.values, AssetCategory.values, ("basic", "public", "project", "total")
    rows: list[object] = [CarryForward.objects.create(**owned, source=Source.FUND, amount=HUNDRED)]
    for at, state in enumerate(STATES):
        figures = [_figure(name, state) for name in ("previous", "quantity", "unit_price", "value", "amount")]
        previous, quantity, unit_price, value, amount = figures
        held = {**quantity, **value, "category": categories[at], "as_of": date(2021, 12, 31)}
        rows += [
            ThreePublicCost.objects.create(**owned, item=items[at], amount=HUNDRED, **previous),
            ProcurementItem.objects.create(**owned, **bought, name=f"物品{at}", **quantity, **unit_price),
            AssetHolding.objects.create(**owned, **held),
        ]
        if state != STATES[0]:  # last year's figure is stated or its row is not there
            compared = {"measure": "budget", "table": "summary", "code": codes[at]}
            rows.append(PreviousFigure.objects.create(**owned, **compared, **amount))
    return rows


def _figure(name: str, state: dict[str, object]) -> dict[str, object]:
    return {f"{name}_not_applicable": True} if "not" in state else {name: state["n"]}


def an_identity(**said: str) -> SiteIdentity:
    """Make the site's identity, or change the one there is."""
    known = {
        "name": "示例区部门预算公开",
        "sponsor": "示例市示例区人民政府",
        "organiser": "示例市示例区财政局",
        "contact": "0335-0000000",
        "site_code": "1303030001",
        "icp_record": "冀ICP备05000001号-1",
        "police_record": "冀公网安备13030302000001号",
        "party_mark": "https://bszs.example.cn/1",
        "mistakes": "https://zfwzgl.example.cn/1303030001",
    }
    row, _ = SiteIdentity.objects.update_or_create(only=True, defaults=known | said)
    return row
