"""Every address of the site, taken from its URL configuration, and how a browser gets to each page."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from django.urls import get_resolver, reverse

OF_MODEL = re.compile(
    r"admin:(auth|budgets|disclosure|performance)_([a-z]+)"
    r"_(changelist|add|change|delete|history|import|export|yearly_list)$"
)
PUBLIC = {"government": "130303", "year": "2022", "department": "203"}
OF_YEAR = {"government": "130303", "year": "2022"}
OWN = ["sample"]
GRIDS = (
    "unitprofile",
    "project",
    "revenueline",
    "expenditureline",
    "carryforward",
    "threepubliccost",
    "procurementitem",
    "assetholding",
    "overallgoal",
    "dutygoal",
    "annualtask",
    "overallindicator",
    "projectgoal",
    "goalstatement",
    "indicator",
    "previousfigure",
)
AT_THE_DESK = {
    "checkup": [[]],
    "boards": [[]],
    "board_open": [[]],
    "board": [["budgets.fiscalyear"]],
    "board_approvals": [["budgets.fiscalyear"]],
    "manual": [[]],
    "notices": [[]],
    "admin:index": [[]],
    "admin:password_change": [[]],
    "admin:second": [[]],
    "admin:own_sessions": [[]],
    "admin:password_change_done": [[]],
    "admin:account_close": [["auth.user"]],
    "admin:account_security": [["auth.user"]],
    "admin:auth_user_password_change": [["auth.user"]],
    "admin:app_list": [["auth"], ["budgets"], ["disclosure"], ["performance"]],
    "admin:disclosure_preview": [OWN],
    "admin:disclosure_preview_beside": [OWN],
    "admin:remark": [["disclosure.disclosure", "expenditureline", "budgets.expenditureline"]],
    "admin:disclosure_findings": [OWN, ["disclosure.disclosure"]],
    "admin:disclosure_steps": [OWN, ["disclosure.disclosure"]],
    "admin:carry_over": [OWN],
    "admin:carried": [["disclosure.disclosure"]],
    "admin:grid": [[*OWN, key] for key in GRIDS],
    "admin:workbook": [OWN],
    "admin:attachments": [["disclosure.disclosure"]],
    "admin:archive_publish": [[]],
    "admin:archive_withdraw": [["disclosure.archiveddisclosure"]],
}
"""The pages of our own at the desk, each with what stands in its address: a row, or a word."""
IN_PUBLIC = {
    "home": [{}],
    "rules": [{}],
    "verify": [{}],
    "verified": [{"code": "8K2M-7Q0T-C3ZD-W9XA"}],
    "search": [{}],
    "area": [{"beginning": "13"}, {"beginning": "1303"}],
    "area_found": [{}],
    "government": [{"government": "130303"}],
    "year": [{"government": "130303", "year": "2022"}],
    "project": [{"government": "130303", "code": "13030321GZV93HM6A1HA2"}],
    "three_public": [{"government": "130303"}],
    "compare": [{"government": "130303"}],
    "glossary": [{}],
    "contents": [{}],
    "data": [{}],
    "display": [{}],
    "dictionary": [{}],
    "transparency": [{}],
    "items": [{**OF_YEAR, "scheme": scheme} for scheme in ("functions", "economics", "sources")],
    "item": [
        {**OF_YEAR, "scheme": "functions", "code": "20132"},
        {**OF_YEAR, "scheme": "economics", "code": "30101"},
        {**OF_YEAR, "scheme": "sources", "code": "general"},
    ],
    "disclosure": [PUBLIC, {**PUBLIC, "unit": "203001"}, {**PUBLIC, "department": "998", "unit": "998001"}],
    "phase": [{**PUBLIC, "phase": "final"}, {**PUBLIC, "unit": "203001", "phase": "adjusted"}],
    "edition": [{**PUBLIC, "number": "1"}],
    "changes": [{**PUBLIC, "number": "2"}],
    "archived": [{**PUBLIC, "year": "2019", "number": "2"}, {**PUBLIC, "department": "998", "year": "2019"}],
}
ASKED = {
    "search": ["?q=办公费", "?q=没有这样的词", "?q=2013202"],
    "verify": ["?code=123"],
    "area_found": ["?government=山海关", "?government=没有"],
}
"""What pages are asked in their address, beyond standing there."""
NO_PAGES = {
    "admin:autocomplete": "JSON",
    "admin:jsi18n": "a script",
    "admin:view_on_site": "leads to public pages",
    "admin:logout": "leads to the sign-in",
    "admin:disclosure_preview_pdf": "a PDF",
    "admin:workbook_template": "a file",
    "admin:workbook_marked": "a file",
    "admin:workbook_changes": "a file",
    "admin:workbook_stop": "leads back",
    "admin:attachment_file": "a file",
    "admin:import_source": "a file",
    "admin:edition_evidence": "a file",
    "admin:budgets_audittrail_export": "a file",
    "archived_file": "a file",
    "emblem": "a picture",
    "board_export": "a file",
    "board_inspection": "a file",
    "board_approvals_template": "a file",
    "three_public_csv": "a file",
    "bundle": "a file",
    "ledger": "a file",
    "ledger_part": "a file",
    "search_index": "JSON",
    "verifier": "a file",
    "feed": "a feed",
    "sitemap": "a map of the site for programs",
    "sitemap_part": "a part of the map, where there are several",
    "robots": "a text for programs",
    "healthz": "a word for a supervisor",
    "livez": "a word for a supervisor",
    **{
        f"api_{name}": "JSON"
        for name in (
            *("index", "openapi", "governments", "roster", "editions", "figures"),
            *("edition", "part", "table", "nothing"),
        )
    },
    "chart": "a picture",
    "edition_chart": "a picture",
    "item_chart": "a picture",
    "three_public_chart": "a picture",
    "compare_chart": "a picture",
    "table": "a file",
    "edition_table": "a file",
    "manifest": "a file",
    "edition_manifest": "a file",
    "document": "a file",
    "edition_document": "a file",
}
"""What answers with no page of its own, and what it answers with."""
LEADS_BACK = {
    "admin:workbook_commit",
    "admin:attachment_void",
    "admin:import_undo",
    "admin:archive_confirm",
    "board_approvals_confirm",
    "board_complete",
}
"""What only stores something, and leads to a page that has an address of its own."""
PRESSED = {"admin:login", "admin:workbook_preview", "board_act"}
"""What only a button leads to: looked at by the journeys of ``test_accessibility``."""


class Page(NamedTuple):
    """A page: its sort, its address, and the name of its route."""

    sort: str
    path: str
    name: str


def routes() -> list[str]:
    """Name every route; those without a name redirect."""
    return sorted({name for name in _named(get_resolver().url_patterns) if not name.endswith("None")})


def _named(patterns, space: str = "") -> Iterator[str]:
    for one in patterns:
        if hasattr(one, "url_patterns"):
            yield from _named(one.url_patterns, f"{space}{one.namespace}:" if one.namespace else space)
        else:
            yield f"{space}{one.name}"


def sort_of(name: str) -> str:
    """Say what sort of page a route is; blank where nobody said how to open it."""
    if name not in NO_PAGES and (found := OF_MODEL.match(name)):
        return found[3]
    if name.endswith(("_process_import", "_yearly_list_apply")):
        return "leads back"
    known_sorts = {
        "desk": AT_THE_DESK,
        "public": IN_PUBLIC,
        "none": NO_PAGES,
        "leads back": LEADS_BACK,
        "pressed": PRESSED,
    }
    for sort, known in known_sorts.items():
        if name in known:
            return sort
    return ""


def pages(rows: dict[str, int | None]) -> Iterator[Page]:
    """Give every page that an address leads to; ``rows``: a row of each model."""
    for name in routes():
        if (found := OF_MODEL.match(name)) and name not in NO_PAGES:
            needs = found[3] in {"change", "delete", "history"}
            yield Page(found[3], reverse(name, args=[rows[f"{found[1]}.{found[2]}"]] if needs else []), name)
        for stands in AT_THE_DESK.get(name, ()):
            yield Page("desk", reverse(name, args=[rows.get(one, one) for one in stands]), name)
        for stands in IN_PUBLIC.get(name, ()):
            number = {"number": rows["disclosure.archiveddisclosure"] - 1} if name == "archived" else {}
            yield Page("public", reverse(name, kwargs={**number, **stands}), name)
        for asked in ASKED.get(name, ()):
            yield Page("public", reverse(name) + asked, name)
