"""Takes the last import back, as long as nobody has edited since; and says from which cell a stored figure came."""

import json
from typing import Any, NamedTuple

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from budgets.models import AuditTrail, Budget
from disclosure.intake.gate import admit
from disclosure.intake.images import rows_of, state_of
from disclosure.intake.rows import attributes_of
from disclosure.intake.storing import put
from disclosure.models import Disclosure, EmptyTable, ImportRun
from disclosure.refusal import RefusalError
from disclosure.scopes import remember


def undo(run: ImportRun, *, by: Any) -> None:
    """Put back everything a run replaced; raise RefusalError in words where that is no longer safe."""
    with transaction.atomic():
        budget = Budget.objects.select_for_update().get(pk=run.disclosure.budget_id)
        Disclosure.objects.select_for_update().get(pk=run.disclosure_id)
        fresh = ImportRun.objects.get(pk=run.pk)
        _may(fresh, budget, by)
        before = json.loads(fresh.record.before)
        _restore(before)
        Budget.objects.filter(pk=budget.pk).update(version=budget.version + 1)
        ImportRun.objects.filter(pk=fresh.pk).update(undone_at=timezone.now())
        remember(by, budget, fresh.disclosure.unit_id)
        said = {"subject": f"disclosure:{fresh.disclosure_id}", "file": fresh.file_name, "sha256": fresh.sha256}
        models = [image["model"] for image in before if image["added"] or image["changed"] or image["removed"]]
        AuditTrail.append("undo_import", str(fresh.disclosure), by=by, models=models, **said)


def obstacle(run: ImportRun, *, by: Any) -> str:
    """Say why a run cannot be undone now; blank where it can."""
    try:
        _may(run, run.disclosure.budget, by)
    except RefusalError as refusal:
        return str(refusal)
    return ""


def _may(run: ImportRun, budget: Budget, by: Any) -> None:
    admit(run.disclosure, by=by)
    if run.undone_at:
        raise RefusalError("这次导入已经撤销过。")
    newest = ImportRun.objects.filter(disclosure__budget=budget, undone_at=None).first()
    if newest != run:
        message = f"只能撤销最近一次导入（{newest}）。"
        raise RefusalError(message)
    if not _understood(json.loads(run.record.before)):
        raise RefusalError("这次导入是系统升级以前保存的，不能撤销。请直接修改数据，或重新导入原来的文件。")
    if budget.version != run.version or state_of(run.disclosure) != run.state_sha256:
        raise RefusalError("导入之后数据又有修改，不能撤销，否则会丢掉那些修改。请直接修改数据，或重新导入文件。")


def _understood(images: list[dict[str, Any]]) -> bool:
    """Tell whether what was stored is written as it is today, with the columns that the models have today."""
    labels = {model._meta.label for model in apps.get_models()}
    return all(
        one["model"] in labels and one.get("fields") == attributes_of(apps.get_model(one["model"])) for one in images
    )


def _restore(images: list[dict[str, Any]]) -> None:
    """Go back; declarations of empty tables go first and come last, as facts and they never stand together."""
    declared = [one for one in images if one["model"] == EmptyTable._meta.label]
    facts = [one for one in images if one not in declared]
    _delete(declared)
    for image in facts:
        _put_back(image)
    _delete(facts[::-1])
    for image in declared:
        _put_back(image)


def _put_back(image: dict[str, Any]) -> None:
    removed, changed = (rows_of(image, name) for name in ("removed", "changed"))
    if removed or changed:
        put(type((removed or changed)[0]), removed, changed)


def _delete(images: list[dict[str, Any]]) -> None:
    for image in images:
        apps.get_model(image["model"])._default_manager.filter(pk__in=image["added"]).delete()


class Origin(NamedTuple):
    """Where a stored value was read: the run (file, person, time), the sheet, and the cell or place in a document."""

    run: ImportRun
    sheet: str
    cell: str


def origin_of(row: Any, attribute: str) -> Origin | None:
    """Return the cell from which a row's attribute was last imported, None where no file stated it."""
    for run in ImportRun.objects.filter(undone_at=None).select_related("record"):
        trace = json.loads(run.record.trace).get(type(row)._meta.label, {})
        number, letter = trace.get("rows", {}).get(str(row.pk)), trace.get("columns", {}).get(attribute)
        if number and letter:
            place = trace.get("origins", {}).get(str(number)) or f"{letter}{number}"
            return Origin(run, trace["sheet"], place)
    return None
