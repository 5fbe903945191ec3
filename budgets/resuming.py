"""What somebody typed into a form whose session had ended: kept for an hour, until the same account is back.

Every form of the desk carries, signed, for whom it was drawn. Where it arrives without a session, or with the token of
an earlier one, its text goes into the session that signs in next; any other account's signing in throws it away.
"""

import re
import time
from typing import Any, NamedTuple

from django.core import signing
from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

FIELD = "drawn_for"
"""The hidden field that says for whom a form was drawn."""
KEPT = "typed"
"""Where the session keeps the text; also the parameter with which somebody gives it up."""
KEPT_FOR = 60 * 60
DRAWN_FOR = 7 * 24 * 60 * 60
"""How old, in seconds, a page may be whose text is kept."""
OURS = ("csrfmiddlewaretoken", FIELD)
PASSWORD = re.compile("password", re.IGNORECASE)
READABLE = re.compile(r"[^\x00-\x7f]|^\d[\d,.:-]*$")
"""What a person would have typed: any Chinese, a figure, a date; not the keys and codes of buttons."""
RESUMED = "这是登录过期前填写的内容，已经填回来，还没有保存。请核对后再保存。"


class Typed(NamedTuple):
    """What waits: where it belongs, whose it is, what was typed, which files and passwords were not kept."""

    user: int
    path: str
    text: str
    files: list[str]
    passwords: bool
    at: int
    """When, in seconds since 1970."""

    @property
    def fields(self) -> QueryDict:
        """The fields as they were sent."""
        return QueryDict(self.text)

    @property
    def words(self) -> list[str]:
        """What is worth showing where it cannot be filled in again."""
        found = [text for _, texts in self.fields.lists() for text in texts if READABLE.search(text)]
        return list(dict.fromkeys(found))

    @property
    def give_up(self) -> str:
        """The address under which it is thrown away."""
        return f"{self.path}{'&' if '?' in self.path else '?'}{urlencode({KEPT: 'drop'})}"


def mark_of(user: Any) -> str:
    """Return what a form says of for whom it was drawn; blank for nobody."""
    return signing.dumps(user.pk, salt=FIELD) if user.is_authenticated else ""


def keep(request: HttpRequest) -> bool:
    """Keep what a form brought that cannot be taken now; tell whether it was kept."""
    user = _drawn_for(request)
    strange = request.user.is_authenticated and request.user.pk != user
    if user is None or strange or not request.accepts("text/html"):
        return False
    fields = request.POST.copy()
    hidden = [name for name in fields if PASSWORD.search(name)]
    for name in (*OURS, *hidden):
        fields.pop(name, None)
    files = [file.name for _, found in request.FILES.lists() for file in found]
    if not fields and not files:
        return False
    typed = Typed(user, request.get_full_path(), fields.urlencode(), files, bool(hidden), int(time.time()))
    request.session[KEPT] = list(typed)
    if not request.user.is_authenticated:
        request.session.set_expiry(KEPT_FOR)
    type(request.session).clear_expired()
    return True


def _drawn_for(request: HttpRequest) -> int | None:
    try:
        return signing.loads(request.POST.get(FIELD, ""), salt=FIELD, max_age=DRAWN_FOR)
    except signing.BadSignature:
        return None


def welcome(request: Any, user: Any) -> None:
    """See who has signed in: what waits for somebody else is thrown away, what has waited too long as well."""
    session = getattr(request, "session", None)
    if session is None or KEPT not in session:
        return
    session.set_expiry(None)
    if session[KEPT][0] != user.pk:
        drop(request)


def waiting(request: HttpRequest) -> Typed | None:
    """Return what waits in this session, for whoever is signed in or about to."""
    kept = request.session.get(KEPT) if hasattr(request, "session") else None
    if not kept:
        return None
    typed = Typed(*kept)
    if time.time() - typed.at > KEPT_FOR or (request.user.is_authenticated and request.user.pk != typed.user):
        drop(request)
        return None
    return typed


def drop(request: HttpRequest) -> None:
    """Throw away what waits."""
    request.session.pop(KEPT, None)


def resume(request: HttpRequest) -> str:
    """Turn a look at a form for which something waits into the form as it was sent; return what is to be said of it.

    Whoever calls this must show the form with that sentence and take nothing from it. Blank: nothing waits here.
    """
    typed = waiting(request) if request.method == "GET" and request.user.is_authenticated else None
    if typed is None or typed.path != request.get_full_path():
        return ""
    _ = request.FILES  # read now, as the empty thing it is: reading it later would empty the fields
    request.method, request.POST, request.resumed = "POST", typed.fields, True
    return RESUMED
