"""An import that an older version recorded is not undone, and the clerk reads why."""

import json

import pytest
from django.utils import timezone
from workbooks import a_clerk, clear_facts, fresh

from budgets.models import ExpenditureLine
from disclosure.intake.run import Upload, commit
from disclosure.intake.template import export
from disclosure.intake.undo import obstacle, undo
from disclosure.models import ImportRecord, ImportRun
from disclosure.refusal import RefusalError

WHY = "系统升级以前保存的，不能撤销"


def by_name(images):
    """Write rows as the first version did: each with its names."""
    for one in images:
        names = one.pop("fields")
        for sort in ("changed", "removed"):
            one[sort] = [dict(zip(names, values, strict=True)) for values in one[sort]]
    return images


def without_a_column(images):
    for one in images:
        one["fields"].pop()
    return images


def of_a_model_that_is_gone(images):
    return [{**one, "model": "budgets.Forgotten"} for one in images]


def recorded_again(run, before):
    """Return the same import as another version would have recorded it."""
    record = run.record
    again = ImportRun.objects.get(pk=run.pk)
    again.pk, again._state.adding = None, True
    again.at = timezone.now()
    again.save()
    ImportRecord.objects.create(run=again, before=before, trace=record.trace)
    return ImportRun.objects.get(pk=again.pk)


@pytest.mark.parametrize("older", [by_name, without_a_column, of_a_model_that_is_gone])
def test_an_import_recorded_otherwise_is_not_undone(disclosure, older):
    clerk = a_clerk(disclosure)
    upload = Upload("填报表.xlsx", export(disclosure, by=clerk))
    clear_facts(disclosure)
    run = ImportRun.objects.get(pk=commit(fresh(disclosure), upload, by=clerk).run.pk)
    assert obstacle(run, by=clerk) == ""
    run = recorded_again(run, json.dumps(older(json.loads(run.record.before))))

    assert WHY in obstacle(run, by=clerk)
    with pytest.raises(RefusalError, match=WHY):
        undo(run, by=clerk)

    assert ExpenditureLine.objects.filter(budget=disclosure.budget).exists()
