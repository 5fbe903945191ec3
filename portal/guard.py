"""The public side only reads, and only what is published: every statement is checked before it runs."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from budgets.models import CodeChange, Department, FiscalYear, Government, SiteIdentity, Succession, Unit
from disclosure.models import (
    ArchivedDisclosure,
    ArchivedWithdrawal,
    Edition,
    EditionContent,
    EditionFile,
    EditionLine,
    EditionManifest,
    EditionSignOff,
    EditionText,
    Exemption,
    LedgerEntry,
    LedgerHead,
    RenderingFailure,
    SearchEntry,
    SearchLeaf,
    SearchSheet,
    Withdrawal,
    WithdrawnFile,
)
from disclosure.models.grams import FOUND_BY
from portal.replica import public

READABLE = frozenset({FOUND_BY}) | frozenset(
    model._meta.db_table
    for model in (
        SiteIdentity,
        Government,
        FiscalYear,
        Department,
        Unit,
        Succession,
        CodeChange,
        Edition,
        EditionContent,
        EditionFile,
        EditionLine,
        EditionManifest,
        EditionSignOff,
        EditionText,
        Exemption,
        LedgerEntry,
        LedgerHead,
        RenderingFailure,
        SearchEntry,
        SearchLeaf,
        SearchSheet,
        Withdrawal,
        WithdrawnFile,
        ArchivedDisclosure,
        ArchivedWithdrawal,
    )
)
SOURCE = re.compile(r"\b(?:FROM|JOIN)\b\s*(.{0,80})", re.IGNORECASE | re.DOTALL)
PLAIN = re.compile(r'("?)(\w+)\1(?=\s|\)|$)(?!\s*,)')


class NotPublicError(Exception):
    """A public page tried to write, or to read a draft."""


def readable(sql: str) -> bool:
    """Tell whether ``sql`` is a SELECT that reads published tables and nothing else; in doubt it is not."""
    sources = [PLAIN.match(after) for after in SOURCE.findall(sql)]
    if not sql.lstrip("( ").upper().startswith("SELECT") or not sources:
        return False
    if not all(source and source[2] in READABLE for source in sources):
        return False
    return _others().isdisjoint(re.findall(r"\w+", sql))


@cache
def _others() -> frozenset[str]:
    """Return the tables that are not published; raise AppRegistryNotReady until all models are known."""
    return frozenset(model._meta.db_table for model in apps.get_models(include_auto_created=True)) - READABLE


def read_published_only(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001
    """Let a SELECT on published tables pass; refuse everything else (an execute wrapper of Django)."""
    if not readable(sql):
        message = f"公开页面只能读取已公开的内容，已拒绝：{sql[:120]}"
        raise NotPublicError(message)
    return execute(sql, params, many, context)


class PublicReadOnly:
    """Middleware that puts every request of the public side under the guard."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer under the guard; the clerks' side has its own rights."""
        if request.path_info.startswith(f"/{settings.DESK_PATH}"):
            return self.get_response(request)
        with public() as connections, ExitStack() as guarded:
            for one in connections:
                guarded.enter_context(one.execute_wrapper(read_published_only))
            return self.get_response(request)
