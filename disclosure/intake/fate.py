"""What became of an import whose answer never arrived: stored and recorded, or nothing at all."""

import time
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from budgets.models import Budget
from disclosure.models import Disclosure, ImportRun
from disclosure.refusal import RefusalError

TRIES = 20
"""How often the lock is looked at, ten times a second: a server that is told to end takes a moment."""
UNSETTLED = "数据库还在处理这次导入，是否已经导入尚不能确定。请过一分钟再打开本页，以“导入记录”为准。"


class Sought(NamedTuple):
    """An import by its file: whose, which, and since when it may have come."""

    by: Any
    sha256: str
    since: datetime


def run_of(disclosure: Disclosure, sought: Sought) -> ImportRun | None:
    """Return the record of an import, None where nothing was stored; raise RefusalError while somebody still stores.

    A connection that is lost leaves the database at work for a moment: the budget's lock tells when it is done.
    """
    run = _run(disclosure, sought)
    if run is None and not _settled(disclosure):
        raise RefusalError(UNSETTLED)
    return run or _run(disclosure, sought)


def _run(disclosure: Disclosure, sought: Sought) -> ImportRun | None:
    runs = ImportRun.objects.filter(
        disclosure=disclosure, undone_at=None, by=sought.by, sha256=sought.sha256, at__gte=sought.since
    )
    return runs.first()


def _settled(disclosure: Disclosure) -> bool:
    """Tell whether nobody holds the budget any more; SQLite has let go of it with the process that died."""
    if not connection.features.has_select_for_update:
        return True
    for _ in range(TRIES):
        with transaction.atomic():
            if Budget.objects.select_for_update(skip_locked=True).filter(pk=disclosure.budget_id).exists():
                return True
        time.sleep(0.1)
    return False
