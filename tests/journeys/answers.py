"""What a public page answers with: how its header reads, and what a browser fetches for it."""

import gzip
import re
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

CSP_DEMANDED = True
"""Whether every public page must come with a content security policy; one that is there is always tested."""
REFERRER = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
LONGEST = 600
"""Seconds for which a cache may answer by itself: a page may be withdrawn."""
OK = 200
MAX_AGE = re.compile(r"max-age=([0-9]+)")
FOREIGN_SOURCE = re.compile(r"^(?:\*|https?:|//|[a-z0-9*-]+\.)", re.IGNORECASE)
NONE, SELF = ["'none'"], ["'self'"]


def complaints(header: Mapping[str, str], status: int = OK) -> list[str]:
    """Return what is wrong with the header of a page; its names are in small letters."""
    policy = header.get("content-security-policy", "")
    return [*_plain(header), *_framed(header, policy), *_kept(header, status), *_policed(policy)]


def _plain(header: Mapping[str, str]) -> Iterator[str]:
    if header.get("content-type", "").replace(" ", "").lower() != "text/html;charset=utf-8":
        yield f"content-type {header.get('content-type')}"
    if header.get("x-content-type-options") != "nosniff":
        yield "no nosniff"
    if header.get("referrer-policy") not in REFERRER:
        yield f"referrer-policy {header.get('referrer-policy')}"
    if "set-cookie" in header:
        yield "set-cookie"


def _framed(header: Mapping[str, str], policy: str) -> Iterator[str]:
    if header.get("x-frame-options", "").upper() not in {"DENY", "SAMEORIGIN"} and "frame-ancestors" not in policy:
        yield "may be framed by anybody"


def _kept(header: Mapping[str, str], status: int) -> Iterator[str]:
    """Complain of what caches are told: pages change, and are drawn as a cookie says."""
    said = header.get("cache-control", "")
    age = MAX_AGE.search(said)
    if "immutable" in said or (age and int(age[1]) > LONGEST):
        yield f"kept for long: {said}"
    if status == OK and "etag" not in header and "no-store" not in said:
        yield "no etag"
    if "cookie" not in header.get("vary", "").lower():
        yield f"vary {header.get('vary')}"


def _policed(policy: str) -> Iterator[str]:
    """Complain of a content security policy that lets in what is not the site's own."""
    if policy:
        yield from _ruled(policy)
    elif CSP_DEMANDED:
        yield "no content-security-policy"


def _ruled(policy: str) -> Iterator[str]:
    rules = {name: sources for name, *sources in (one.split() for one in policy.split(";") if one.strip())}
    base = rules.get("default-src", [])
    for name in ("default-src", "base-uri", "frame-ancestors", "form-action"):
        if rules.get(name) not in (NONE, SELF):
            yield f"{name} {rules.get(name)}"
    if rules.get("object-src", base) != NONE:
        yield f"object-src {rules.get('object-src', base)}"
    for name, sources in rules.items():
        yield from (f"{name} {one}" for one in sources if FOREIGN_SOURCE.match(one))
    scripts = rules.get("script-src", base)
    yield from (f"script-src {one}" for one in scripts if one in {"'unsafe-inline'", "'unsafe-eval'", "data:", "blob:"})


def foreign(addresses: list[str], site: str) -> list[str]:
    """Return the addresses that are not this site's; what stands in the page itself is no request."""
    own = urlsplit(site).netloc
    return [one for one in addresses if urlsplit(one).scheme not in {"data", "blob"} and urlsplit(one).netloc != own]


def weight(bodies: list[bytes]) -> int:
    """Return how many bytes come over the line, compressed where that makes them fewer."""
    return sum(min(len(one), len(gzip.compress(one, 6, mtime=0))) for one in bodies)
