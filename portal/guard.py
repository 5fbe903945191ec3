"""The public side only reads, and only what is published: every statement is checked before it runs."""

import re
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse

from budgets.models import Department, FiscalYear, Government
from disclosure.models import Edition, EditionContent, EditionFile, EditionLine, EditionText, Withdrawal

READABLE = frozenset(
    model._meta.db_table
    for model in (
        Government,
        FiscalYear,
        Department,
        Edition,
        EditionContent,
        EditionFile,
        EditionLine,
        EditionText,
        Withdrawal,
    )
)
NAMED_TABLE = re.compile(r'(?:FROM|JOIN)\s+"?(\w+)"?(?=\s|$|\))', re.IGNORECASE)


class NotPublicError(Exception):
    """A public page tried to write, or to read a draft."""


def read_published_only(execute: Callable[..., Any], sql: str, params: Any, many: Any, context: Any) -> Any:
    """Let a SELECT on published tables pass; refuse everything else (an execute wrapper of Django)."""
    tables = set(NAMED_TABLE.findall(sql))
    if not sql.lstrip("( ").upper().startswith("SELECT") or not tables <= READABLE:
        message = f"公开页面只能读取已公开的内容，已拒绝：{sql[:120]}"
        raise NotPublicError(message)
    return execute(sql, params, many, context)


class PublicReadOnly:
    """Middleware that puts every request of the public side under the guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer under the guard."""
        with connection.execute_wrapper(read_published_only):
            return self.get_response(request)
