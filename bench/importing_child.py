"""One measurement of an import in a process of its own, so that its peak memory is its own."""

import json
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import django
import tablib
from django.db import connection, transaction

HEADERS = [
    "年度",
    "部门编码",
    "单位编码",
    "支出类别",
    "项目编码",
    "功能分类",
    "部门经济分类",
    "资金来源",
    "上年结转",
    "明细名称",
    "内部往来单位编码",
    "政府经济分类",
    "金额（元）",
]
STOCK = 1000
"""Rows given to the stock import: its time is proportional, and long."""


FURTHER = ("government_economic", "amount")
TABLE = "budgets_expenditureline"


class Task(NamedTuple):
    """What to measure (ours, stock, bare), with which file, for whom."""

    what: str
    file: str
    disclosure: int
    clerk: int


def main(place: str) -> None:
    """Do a task, print rows a second and the peak memory in MB."""
    name, folder, task = json.loads(place)
    django.setup()
    from django.conf import settings

    connection.settings_dict["NAME"], settings.MEDIA_ROOT = name, Path(folder, "files")
    work = WORKS[task[0]](Task(*task))
    begun = time.perf_counter()
    count = work()
    taken = time.perf_counter() - begun
    print(json.dumps([count / taken, _peak() / 1024]))


def _peak() -> int:
    """Return the highest memory in KB; getrusage of oneself would count what the parent held before."""
    own = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return max(int(own.split()[1]), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)


def _ours(task: Task) -> Callable[[], int]:
    """Take the file in and keep it, as a clerk does who has seen the preview."""
    from django.contrib.auth import get_user_model

    from disclosure.intake.run import Upload, commit, preview
    from disclosure.models import Disclosure

    disclosure = Disclosure.objects.get(pk=task.disclosure)
    clerk, data = get_user_model().objects.get(pk=task.clerk), Path(task.file).read_bytes()

    upload = Upload("bench.xlsx", data)
    seen = preview(disclosure, upload, by=clerk).digest

    def work() -> int:
        outcome = commit(disclosure, upload, by=clerk, seen=seen)
        return sum(sheet.used for sheet in outcome.sheets)

    return work


def _stock(task: Task) -> Callable[[], int]:
    """Let a plain ModelResource take the first rows of the file in, already read, and take them back."""
    few = tablib.Dataset(*_rows(task.file, STOCK), headers=HEADERS)
    plain = _plain(task)

    def work() -> int:
        with transaction.atomic():
            plain().import_data(few, raise_errors=True)
            transaction.set_rollback(True)
        return len(few)

    return work


def _plain(task: Task) -> type:
    """Return the Resource one writes without us: foreign keys by code, rows by natural key, only fields checked."""
    from import_export import resources
    from import_export.fields import Field

    from budgets.models import ExpenditureLine
    from budgets.resources import ExpenditureLineResource
    from disclosure.models import Disclosure

    budget = Disclosure.objects.get(pk=task.disclosure).budget
    ours = {name: one for name, one in ExpenditureLineResource.fields.items() if one.attribute != "budget"}
    keys = [name for name in ExpenditureLineResource._meta.import_id_fields if name in ours]
    names = [*keys, "government_economic", "amount"]
    fields = {name: Field(ours[name].attribute, ours[name].column_name, _widget(ours[name])) for name in names}
    meta = type("Meta", (), {"model": ExpenditureLine, "import_id_fields": keys, "fields": tuple(fields)})
    new = {"init_instance": lambda _self, _row=None: ExpenditureLine(budget=budget)}
    return type("Plain", (resources.ModelResource,), {**fields, **new, "Meta": meta})


def _widget(one: Any) -> Any:
    from import_export.widgets import ForeignKeyWidget

    from budgets.models import ExpenditureLine

    key = ExpenditureLine._meta.get_field(one.attribute)
    return ForeignKeyWidget(key.related_model, "code") if key.is_relation else one.widget


def _bare(task: Task) -> Callable[[], int]:
    """Write prepared values into the same table, with its constraints and triggers, and take them back."""
    columns, rows = _prepared(task)
    names = ", ".join(f'"{column}"' for column in columns)

    def work() -> int:
        with transaction.atomic(), connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as copy:
                    for row in rows:
                        copy.write_row(row)
            else:
                marks = ", ".join(["%s"] * len(columns))
                cursor.executemany(f"INSERT INTO {TABLE} ({names}) VALUES ({marks})", rows)  # noqa: S608 our own
            transaction.set_rollback(True)
        return len(rows)

    return work


def _prepared(task: Task) -> tuple[list[str], list[tuple[Any, ...]]]:
    from django.contrib.auth import get_user_model

    from budgets.models import ExpenditureLine
    from budgets.resources import ExpenditureLineResource

    known: dict[tuple[str, str], Any] = {}
    resource_ = ExpenditureLineResource(user=get_user_model().objects.get(pk=task.clerk))
    fields = [field for field in resource_.fields.values() if not field.readonly]
    keys = {one.attribute: ExpenditureLine._meta.get_field(one.attribute) for one in fields}
    rows = []
    for values in _rows(task.file, None):
        row, texts = [], dict(zip(HEADERS, values, strict=True))
        for one in fields:
            said = one.column_name, str(texts[one.column_name])
            if said not in known:
                value = one.clean(texts)
                known[said] = keys[one.attribute].get_prep_value(getattr(value, "pk", value))
            row.append(known[said])
        rows.append(tuple(row))
    return [keys[one.attribute].column for one in fields], rows


def _rows(file: str, limit: int | None) -> list[list[str]]:
    from budgets.readers.files import read_file

    [sheet] = read_file(file, Path(file).read_bytes())
    rows = sheet.rows[1 : None if limit is None else limit + 1]
    return [row + [""] * (len(HEADERS) - len(row)) for row in rows]


WORKS = {"ours": _ours, "stock": _stock, "bare": _bare}

if __name__ == "__main__":
    main(sys.argv[1])
