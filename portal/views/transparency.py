"""The public ledger: who published, corrected and withdrew what and when, to be checked by anyone without us."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure.models import LedgerEntry, LedgerHead
from disclosure.models.ledger import GENESIS
from disclosure.opendata.ledger import FORMAT
from portal.views.problems import revalidated

VERIFIER = Path(__file__).parents[1] / "offline" / "verify.py"
ON_A_PAGE = 50
IN_A_PART = 10_000
ACTS = {"publish": "公开", "correct": "更正", "withdraw": "撤下"}


def page(request: HttpRequest) -> HttpResponse:
    """Show the ledger, newest first: lines are numbered without gaps, so that none has to be counted."""
    head = LedgerHead.objects.filter(pk=1).first()
    shown = Paginator(range(head.lines if head else 0, 0, -1), ON_A_PAGE).get_page(request.GET.get("page"))
    entries = LedgerEntry.objects.select_related("edition").filter(number__in=list(shown)).order_by("-number")
    parts = range(1, -(-head.lines // IN_A_PART) + 1) if head else ()
    context = {"page": shown, "lines": [_line(entry) for entry in entries], "head": head, "parts": parts}
    return revalidated(render(request, "portal/transparency.html", context))


def _line(entry: LedgerEntry) -> dict[str, Any]:
    said = json.loads(entry.text)
    at = datetime.fromisoformat(said["at"])
    return {"entry": entry, "said": said, "act": ACTS[said["act"]], "edition": entry.edition, "at": at}


def ledger(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out all lines letter for letter."""
    return _given(LedgerEntry.objects.all(), GENESIS)


def part(request: HttpRequest, part: str) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out ten thousand lines, letter for letter; one that is full never changes. Raise Http404 after the last."""
    start = (int(part) - 1) * IN_A_PART
    before = LedgerEntry.objects.filter(number=start).first() if start else None
    if start and not before:
        raise Http404
    lines = LedgerEntry.objects.filter(number__gt=start, number__lte=start + IN_A_PART)
    return _given(lines, before.sha256 if before else GENESIS)


def _given(entries: QuerySet[LedgerEntry], genesis: str) -> HttpResponse:
    """Give out lines that follow from the hash ``genesis``."""
    lines = list(entries.order_by("number").values("text", "sha256"))
    said = {"format": FORMAT, "genesis": genesis, "entries": lines, "head": lines[-1]["sha256"] if lines else genesis}
    text = json.dumps(said, ensure_ascii=False, indent=0)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return revalidated(response)


def verifier(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out the program that checks the ledger and downloaded files without a network."""
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return revalidated(response)
