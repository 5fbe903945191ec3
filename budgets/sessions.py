"""How long a sign-in lasts: until nobody has done anything for a while, and never longer than a working day."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

from budgets.addresses import address_of

BEGAN, SEEN, ADDRESS = "began", "seen", "address"
"""Where a session keeps when it began and was last asked something, in seconds since 1970, and from which address."""
EXACT_TO = 60
"""How many seconds a look may go unnoted: not every page costs a write."""
MINUTE, HOUR = 60, 60 * 60


def begin(request: Any) -> None:
    """Note when somebody signs in, and from where."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())
    request.session[ADDRESS] = address_of(request)


def signed_in(session: SessionBase) -> bool:
    """Tell whether a session is somebody's, over or not."""
    return SESSION_KEY in session


def ended(session: SessionBase) -> str:
    """Say why a sign-in is over; blank while it lasts."""
    now = time.time()
    if now - session.get(SEEN, 0) > settings.SESSION_IDLE_MINUTES * MINUTE:
        return f"{settings.SESSION_IDLE_MINUTES}分钟没有操作，已自动退出。请重新登录。"
    if now - session.get(BEGAN, 0) > settings.SESSION_HOURS * HOUR:
        return f"登录已满{settings.SESSION_HOURS}小时，已自动退出。请重新登录。"
    return ""


def note(session: SessionBase) -> None:
    """Note that something was asked."""
    now = int(time.time())
    if now - session.get(SEEN, 0) >= EXACT_TO:
        session[SEEN] = now
