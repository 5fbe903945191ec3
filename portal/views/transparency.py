"""The public ledger: who published, corrected and withdrew what and when, to be checked by anyone without us."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure.models import LedgerEntry, LedgerHead
from disclosure.models.ledger import GENESIS
from disclosure.opendata.ledger import FORMAT
from portal.views.problems import revalidated

VERIFIER = Path(__file__).parents[1] / "offline" / "verify.py"
ON_A_PAGE = 50
ACTS = {"publish": "公开", "correct": "更正", "withdraw": "撤下"}


def page(request: HttpRequest) -> HttpResponse:
    """Show the ledger, newest first."""
    entries = Paginator(LedgerEntry.objects.select_related("edition").order_by("-number"), ON_A_PAGE)
    shown = entries.get_page(request.GET.get("page"))
    head = LedgerHead.objects.filter(pk=1).first()
    context = {"page": shown, "lines": [_line(entry) for entry in shown], "head": head}
    return revalidated(render(request, "portal/transparency.html", context))


def _line(entry: LedgerEntry) -> dict[str, Any]:
    said = json.loads(entry.text)
    at = datetime.fromisoformat(said["at"])
    return {"entry": entry, "said": said, "act": ACTS[said["act"]], "edition": entry.edition, "at": at}


def ledger(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out all lines letter for letter."""
    lines = list(LedgerEntry.objects.order_by("number").values("text", "sha256"))
    said = {"format": FORMAT, "genesis": GENESIS, "entries": lines, "head": lines[-1]["sha256"] if lines else GENESIS}
    text = json.dumps(said, ensure_ascii=False, indent=0)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Access-Control-Allow-Origin"] = "*"
    return revalidated(response)


def verifier(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 every view takes one
    """Give out the program that checks the ledger and downloaded files without a network."""
    response = HttpResponse(VERIFIER.read_bytes(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return revalidated(response)
