"""An answer as it lies on the shelf: one line of JSON that says what it is, its body pressed, its body plain."""

import gzip
import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple, Self

Headers = list[tuple[str, str]]
PRESSED = (
    "text/",
    "application/json",
    "application/atom+xml",
    "application/xml",
    "image/svg+xml",
    "application/vnd.oai",
)
"""Beginnings of the types whose bodies shrink."""
OWN = frozenset(("content-length", "etag", "x-request-id", "date", "server", "connection"))
"""Headers that belong to one sending of an answer."""
NEVER = frozenset(("set-cookie", "content-encoding", "www-authenticate"))
"""Headers of answers that are for one reader only, or in a form that others may not read."""
FORBIDDEN = ("no-store", "private")


class Form(NamedTuple):
    """One form of an answer: its headers, those of a reader who has it already, its body."""

    headers: Headers
    unchanged: Headers
    body: bytes

    @classmethod
    def of(cls, headers: Headers, tag: str, body: bytes) -> Self:
        """Put the headers together."""
        tagged = [*headers, ("ETag", tag)]
        return cls([*tagged, ("Content-Length", str(len(body)))], tagged, body)


def keepable(status: str, headers: Iterable[tuple[str, str]]) -> bool:
    """Tell whether an answer may be sent to every reader who asks the same."""
    said = {name.lower(): value for name, value in headers}
    control = said.get("cache-control", "")
    forbidden = [word for word in FORBIDDEN if word in control and "immutable" not in control]
    return status.startswith("200 ") and bool(control) and not forbidden and NEVER.isdisjoint(said)


def packed(headers: Headers, body: bytes) -> bytes:
    """Return an answer as it is kept."""
    said = {name.lower(): value for name, value in headers}
    tag = said.get("etag", f'"{hashlib.sha256(body).hexdigest()[:32]}"').removeprefix("W/")
    shrinks = said.get("content-type", "").startswith(PRESSED)
    pressed = gzip.compress(body, 9, mtime=0) if shrinks else b""
    kept = [(name, value) for name, value in headers if name.lower() not in OWN]
    line = json.dumps({"headers": kept, "tag": tag, "pressed": len(pressed)}, ensure_ascii=True)
    return b"".join((line.encode(), b"\n", pressed, body))


class Kept(NamedTuple):
    """An answer off the shelf, ready to be sent: pressed (None where that does not help) and plain."""

    tag: str
    pressed: Form | None
    plain: Form

    @property
    def size(self) -> int:
        """Return how many bytes it takes."""
        return len(self.plain.body) + len(self.pressed.body if self.pressed else b"")


def unpacked(data: bytes) -> Kept:
    """Return what ``packed`` packed."""
    end = data.index(b"\n") + 1
    said = json.loads(data[:end])
    tag, middle = said["tag"], end + said["pressed"]
    headers = [(name, value) for name, value in said["headers"] if name.lower() != "vary"]
    vary = [value for name, value in said["headers"] if name.lower() == "vary"]
    if middle > end:
        vary.insert(0, "Accept-Encoding")
    headers += [("Vary", ", ".join(vary))] if vary else []
    plain = Form.of(headers, tag, data[middle:])
    if middle == end:
        return Kept(tag, None, plain)
    pressed = Form.of([*headers, ("Content-Encoding", "gzip")], f"W/{tag}", data[end:middle])
    return Kept(tag, pressed, plain)
