"""Why a file could not be drawn, in a sentence for whoever has to see to it; the log has the rest."""

import errno
import logging

from budgets.storing import StorageAwayError
from disclosure.models import RenderingFailure
from disclosure.render.pdf import EngineMissingError

LONGEST: int = RenderingFailure._meta.get_field("reason").max_length or 0
LONGEST_DETAIL = 120

logger = logging.getLogger(__name__)


class NotDrawnError(Exception):
    """A file could not be drawn; the message is the sentence."""


def killed(code: int | None) -> str:
    """Say how a process ended that nobody ended: by a signal (a negative code) or with a status."""
    if code is not None and code < 0:
        return f"生成进程被系统终止（信号{-code}），多为内存不足。"
    return f"生成进程意外退出（退出码{code}）。"


def reason_of(error: Exception) -> str:
    """Return the sentence for an error; what nobody has foreseen is named, and logged with its place."""
    return _sentence(error)[:LONGEST]


def _sentence(error: Exception) -> str:
    if isinstance(error, EngineMissingError | NotDrawnError | StorageAwayError):
        return str(error)
    if isinstance(error, MemoryError):
        return "内存不足。"
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return "磁盘已满。"
    logger.error("A file was not drawn", exc_info=error)
    detail = " ".join(str(error).split())[:LONGEST_DETAIL]
    return f"生成时出错（{type(error).__name__}{f'：{detail}' if detail else ''}），详情见服务器日志。"
