"""How long a sign-in lasts: until nobody has done anything for a while, and never longer than a working day."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase

BEGAN, SEEN = "began", "seen"
"""Where a session keeps, in seconds since 1970, when it began and when something was last asked of it."""
EXACT_TO = 60
"""How many seconds a look may go unnoted: not every page costs a write."""
MINUTE, HOUR = 60, 60 * 60


def begin(request: Any) -> None:
    """Note when somebody signs in."""
    request.session[BEGAN] = request.session[SEEN] = int(time.time())


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
