"""Where a page of the site lies among the files, and how one file leads to another."""

import re
from posixpath import relpath
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from django.conf import settings

INDEX = "index.html"
SAFE = re.compile(r"[^0-9A-Za-z_.-]")
ASKED = ("government", "year", "page")
"""What may be asked for in an address that has a file of its own; for anything else the page lies as if unasked."""
SERVED = ("api/",)
"""What only a server can answer."""


def file_of(address: str) -> str | None:
    """Return the file (relative, with /) of an address under the root; None where only a server can answer it.

    A page lies as ``index.html`` in the folder of its address; what is asked for is part of the folder's name.
    """
    parts = urlsplit(address)
    path = unquote(parts.path).lstrip("/")
    if ".." in path.split("/") or path.startswith((*SERVED, settings.DESK_PATH)):
        return None
    folder, _, name = path.rpartition("/")
    if name and "." not in name:
        folder, name = path, ""
    asked = parse_qsl(parts.query, keep_blank_values=True)
    own = asked if all(key in ASKED for key, _ in asked) else []
    said = "".join(f"{key}-{SAFE.sub('-', value)}" for key, value in sorted(own))
    return "/".join(filter(None, (folder, said, name or INDEX)))


def unanswered(address: str) -> str:
    """Return the question of an address whose file does not answer it; a script of the page may."""
    query = urlsplit(address).query
    return f"?{query}" if query and any(key not in ASKED for key, _ in parse_qsl(query)) else ""


def link_to(target: str, here: str, prefix: str | None) -> str:
    """Return how the file ``here`` names the file ``target``: under ``prefix``, or relative where there is none."""
    shown = target.removesuffix(INDEX) if target.endswith(INDEX) else target
    if prefix is not None:
        return quote(prefix + shown)
    folder = here.rpartition("/")[0] or "."
    found = relpath(shown or ".", folder)
    return quote(f"{found}/" if shown == "" or shown.endswith("/") else found)
