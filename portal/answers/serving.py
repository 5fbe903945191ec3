"""The way into the site: what lies on the shelf is sent from there, everything else is asked of Django."""

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from portal.answers.memory import Asked, Memory
from portal.answers.packing import Headers, Kept, keepable, packed, unpacked
from portal.answers.shelf import Place, Shelf

Environ = dict[str, Any]
Start = Callable[..., Any]
READ = ("GET", "HEAD")
ENDLESS = ("/verify/", "/search/")
"""Beginnings of addresses without number, though each of them has an answer."""


class Answers:
    """A WSGI application around Django's: keeps its answers, and sends them again to whoever asks the same."""

    def __init__(self, application: Callable[[Environ, Start], Iterable[bytes]], shelf: Shelf) -> None:
        self.application, self.shelf, self.memory = application, shelf, Memory(shelf)
        self.others = (f"/{settings.DESK_PATH}", *ENDLESS)
        self.scheme = "https" if settings.HTTPS else ""
        self.hosts: set[str] = set()

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer."""
        if not self._public(environ):
            return self.application(environ, start)
        asked = Asked.of(environ)
        kept = self.memory.get(asked)
        if kept is not None:
            return sent(kept, environ, start)
        place = self.shelf.hold() if environ["REQUEST_METHOD"] == "GET" else None
        if place is None:
            return self.application(environ, start)
        try:
            return self._answered(environ, start, place, asked)
        finally:
            place.close()

    def _public(self, environ: Environ) -> bool:
        """Tell whether this is a question every reader may ask, with nothing in it but an address."""
        return (
            environ["REQUEST_METHOD"] in READ
            and not environ.get("QUERY_STRING")
            and not environ.get("PATH_INFO", "").startswith(self.others)
            and (not self.scheme or environ.get("HTTP_X_FORWARDED_PROTO", "") == self.scheme)
            and self._ours(environ.get("HTTP_HOST", ""))
        )

    def _ours(self, host: str) -> bool:
        """Tell whether a host's name is one this site answers to, as Django does; the others get Django's refusal."""
        if host in self.hosts:
            return True
        domain, _ = split_domain_port(host)
        known = bool(domain) and validate_host(domain, settings.ALLOWED_HOSTS)
        if known and len(self.hosts) < len(settings.ALLOWED_HOSTS) + 16:
            self.hosts.add(host)
        return known

    def _answered(self, environ: Environ, start: Start, place: Place, asked: Asked) -> Iterable[bytes]:
        """Ask Django, keep what may be kept, and send it as it will be sent from then on."""
        said: list[Any] = []

        def heard(status: str, headers: Headers, exc_info: Any = None) -> None:
            said[:] = status, headers, exc_info

        body = self.application(environ, heard)
        if getattr(body, "streaming", True) or not keepable(*said[:2]):
            start(*said)
            return body
        try:
            data = packed(said[1], b"".join(body))
            place.put(asked.key, data)
        finally:
            body.close()  # type: ignore[attr-defined]  # Django's own answer has it
        return sent(unpacked(data), environ, start)


def sent(kept: Kept, environ: Environ, start: Start) -> Iterable[bytes]:
    """Send an answer off the shelf: pressed for who can read it, without its body to who has it already."""
    pressed = kept.pressed is not None and "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "")
    form = kept.pressed if kept.pressed and pressed else kept.plain
    known = environ.get("HTTP_IF_NONE_MATCH")
    if known and (known == "*" or kept.tag in (one.strip().removeprefix("W/") for one in known.split(","))):
        start("304 Not Modified", form.unchanged)
        return []
    start("200 OK", form.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [form.body]
