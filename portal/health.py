"""Whether everything that the site needs is there: found out in a thread of its own, within a few seconds."""

import ctypes
import os
import shutil
import threading
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections
from django.utils import timezone

from budgets import storing
from disclosure.enums import Status
from disclosure.models import Disclosure, RenderingClaim
from portal.keeping.manifest import known_migrations
from portal.keeping.marker import last_backup

PATIENCE = 2.5
"""How many seconds the database has to answer."""
LITTLE = 500 << 20
OLD = timedelta(hours=36)
LATE = timedelta(minutes=10)
ENGINE = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")


class Check(NamedTuple):
    """One thing that was looked at; ``grave``: without it the site cannot do its work."""

    name: str
    good: bool
    said: str
    grave: bool = False


def look() -> list[Check]:
    """Look at everything; the database first, and nothing that needs it where it does not answer."""
    database, storage = _asked("database", _of_database), _storage()
    return [*database(), _disk(), *storage(), _backup(), _engine()]


def healthy(checks: list[Check]) -> bool:
    """Tell whether the site can do its work."""
    return all(check.good for check in checks if check.grave)


def _asked(name: str, find: Callable[[], Iterator[Check]]) -> Callable[[], list[Check]]:
    """Ask the database, on a connection of its own, or another service; return what waits for the answer, not long."""
    found: list[Check] = []

    def ask() -> None:
        try:
            found.extend(find())
        except Exception as error:  # noqa: BLE001 whatever it is, it is not healthy
            found.append(Check(name, good=False, said=type(error).__name__, grave=True))
        finally:
            connections.close_all()

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    until = time.monotonic() + PATIENCE

    def answer() -> list[Check]:
        asking.join(max(until - time.monotonic(), 0))
        late = Check(name, good=False, said=f"{PATIENCE}秒内没有回答", grave=True)
        return list(found) if not asking.is_alive() else [late]

    return answer


def _of_database() -> Iterator[Check]:
    connection = connections[DEFAULT_DB_ALIAS]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        yield Check("database", good=True, said="可以读", grave=True)
        yield _writable(connection, cursor)
        names = _pending(cursor)
    yield Check("migrations", not names, f"还有{len(names)}个迁移没有运行" if names else "没有待运行的", grave=True)
    due = Disclosure.objects.filter(status=Status.READY, publish_at__lt=timezone.now() - LATE).count()
    yield Check("queue", not due, f"{due}份定时公开已过时间{LATE.seconds // 60}分钟以上" if due else "没有延误")
    if settings.RENDER_WORKERS:
        yield _workers()


def _workers() -> Check:
    """Tell whether somebody draws what publishing left to the workers."""
    late = RenderingClaim.objects.filter(free_at__lt=timezone.now() - LATE).count()
    said = f"{late}个版次等了{LATE.seconds // 60}分钟以上，没有 render_worker 在生成"
    return Check("rendering", not late, said if late else "没有延误")


def _pending(cursor: Any) -> set[str]:
    """Name the migrations that this software brings and the database has not had."""
    cursor.execute("SELECT app, name FROM django_migrations")
    return _known() - {f"{app}.{name}" for app, name in cursor.fetchall()}


_known = cache(known_migrations)


def _writable(connection: Any, cursor: Any) -> Check:
    """Tell whether the database takes changes, without making one or waiting for whoever does."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT current_setting('transaction_read_only')")
        good = cursor.fetchone() == ("off",)
    else:
        cursor.execute("PRAGMA query_only")
        name = str(connection.settings_dict["NAME"])
        good = cursor.fetchone() == (0,) and (not os.path.isabs(name) or os.access(name, os.W_OK))  # noqa: PTH117
    return Check("writable", good, "可以写" if good else "只能读", grave=True)


def _disk() -> Check:
    """Look at the disk of the data folder."""
    try:
        free = shutil.disk_usage(settings.VAR_DIR).free
    except OSError as error:
        return Check("disk", good=False, said=type(error).__name__, grave=True)
    return Check("disk", free > LITTLE, f"剩余{free / 1_000_000_000:.1f} GB", grave=True)


def _storage() -> Callable[[], list[Check]]:
    """Ask whether the store of objects answers, where files lie in one."""
    return _asked("storage", _of_storage) if storing.is_shared() else list


def _of_storage() -> Iterator[Check]:
    storing.is_there("healthz")
    yield Check("storage", good=True, said="可以读", grave=True)


def _backup() -> Check:
    """Look at the age of the last backup; a site without any is not sick, but should know."""
    made_at = last_backup()
    if made_at is None:
        return Check("backup", good=False, said="没有备份记录")
    hours = int((timezone.now() - made_at).total_seconds()) // 3600
    return Check("backup", timezone.now() - made_at < OLD, f"{hours}小时以前")


def _engine() -> Check:
    """Look for the libraries that draw PDFs, without loading what draws with them."""
    try:
        for library in ENGINE:
            ctypes.CDLL(library)
    except OSError:
        return Check("pdf", good=False, said="没有 PDF 引擎")
    return Check("pdf", good=True, said="可以生成")
