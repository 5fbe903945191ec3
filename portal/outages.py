"""Errors that are nobody's mistake: the database gone or read-only, the disk full; each with what to say and do."""

from collections.abc import Iterator
from errno import EDQUOT, ENOSPC, EROFS
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError, OperationalError

from budgets.storing import StorageAwayError
from portal.answers.shelf import ShelfError


class Outage(NamedTuple):
    """What is not to be had just now, and what whoever meets it should know."""

    title: str
    said: str
    cure: str
    """What the administrator does; not for the public."""


AWAY = Outage(
    "数据库暂时不可用",
    "网站暂时连接不上数据库，稍后会自动恢复，已公开的内容没有丢失。请过几分钟再试。",
    "检查数据库服务和网络（systemctl status postgresql），恢复后不必重启网站。",
)
BUSY = Outage(
    "数据库正忙",
    "有别的操作正在写入，等了一会儿还没有轮到。什么也没有保存，请过一分钟再试。",
    "检查有没有长时间的导入；经常出现时改用 PostgreSQL（manage.py move_to）。",
)
READ_ONLY = Outage(
    "暂时不能保存",
    "数据库现在只能读，不能保存；公开页面照常可以看。什么也没有改动，请稍后再试。",
    "检查数据库文件的权限和磁盘，或数据库的只读设置（default_transaction_read_only、是否备用服务器）。",
)
FULL = Outage(
    "磁盘已满，暂时不能保存",
    "服务器的磁盘已满，这一次没有保存，原来的内容都在。请联系管理员。",
    "清理磁盘（旧备份、日志），再试一次；没有半份的文件和记录，不需要另外修复。",
)
UNSWEPT = Outage(
    "暂时不能保存",
    "存放网页的目录清不掉。为免公众看到旧的内容，这一次没有保存，原来的内容都在。请联系管理员。",
    "检查 ANSWERS_DIR（默认 var/answers）是否属于运行网站的用户、磁盘是否已满。",
)
UNSTORED = Outage(
    "文件存储暂时不可用",
    "存放文件的服务没有回答，这一次没有保存，原来的内容都在。请过几分钟再试。",
    "检查对象存储的服务、网络、桶的权限和 OBJECT_STORAGE 设置，恢复后不必重启网站。",
)
WORDS = (
    (READ_ONLY, ("readonly", "read-only", "只读")),
    (FULL, ("is full", "no space left", "could not extend file", "磁盘")),
    (BUSY, ("is locked", "lock timeout", "deadlock")),
)
"""How SQLite and PostgreSQL say it; what PostgreSQL means is also told by its code, whatever its language."""
CODES = {"25006": READ_ONLY, "53100": FULL, "55P03": BUSY, "40P01": BUSY}
FULL_DISK = {ENOSPC, EDQUOT}


def outage_of(error: BaseException | None) -> Outage | None:
    """Return the outage behind an error; None where the error is one of ours."""
    for one in _chain(error):
        database = isinstance(one, DatabaseError | InterfaceError)
        found = _of_database(one) if database else _of_system(one)
        if found:
            return found
    return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """Yield an error, and those in whose handling it was raised."""
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _of_database(error: BaseException) -> Outage | None:
    code = getattr(error.__cause__, "sqlstate", None) or ""
    if code in CODES:
        return CODES[code]
    said = str(error).lower()
    for outage, words in WORDS:
        if isinstance(error, OperationalError) and any(word in said for word in words):
            return outage
    return AWAY if isinstance(error, OperationalError | InterfaceError) else None


def _of_system(error: BaseException) -> Outage | None:
    if isinstance(error, ShelfError):
        return UNSWEPT
    if isinstance(error, StorageAwayError):
        return UNSTORED
    if not isinstance(error, OSError):
        return None
    return FULL if error.errno in FULL_DISK else READ_ONLY if error.errno == EROFS else None
