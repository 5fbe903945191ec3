"""From which file a stored row came, said beside its form to whoever may see the import."""

import json
from functools import reduce
from typing import Any, NamedTuple

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from budgets.access import access_of, allowed
from disclosure.intake.sheets import SHEETS
from disclosure.models import ImportRun

TRACED = frozenset(kind.model for kind in SHEETS)


class Origin(NamedTuple):
    """Where a row stands in a file, and the address of the import's record."""

    sentence: str
    address: str


def beside(request: HttpRequest, row: Model) -> list[Origin]:
    """Return the place of ``row`` in the newest file that stated it; none for whoever may not see that import."""
    if type(row) not in TRACED:
        return []
    label, key = row._meta.label, str(row.pk)
    for run in _candidates(request.user, row):
        trace = json.loads(run.record.trace).get(label, {})
        line = trace.get("rows", {}).get(key)
        if line:
            return [Origin(_sentence(run, trace, line), reverse("admin:disclosure_importrun_change", args=[run.pk]))]
    return []


def _candidates(user: Any, row: Any) -> QuerySet[ImportRun]:
    """Return the department's imports that are not undone and may have stated the row, the newest first."""
    department = reduce(getattr, access_of(type(row)).department.split("__"), row)
    runs = ImportRun.objects.filter(undone_at=None, disclosure__budget__department=department)
    named = runs.filter(record__trace__contains=f'"{row._meta.label}"')
    return allowed(user, named.filter(record__trace__contains=f'"{row.pk}":')).select_related("record", "by")


def _sentence(run: ImportRun, trace: dict[str, Any], line: int) -> str:
    written = trace.get("origins", {}).get(str(line))
    place = written or f"工作表“{trace['sheet']}”第{line}行"
    return f"出处：文件“{run.file_name}”（{timezone.localtime(run.at):%Y-%m-%d}，{run.by}导入）{place}"
