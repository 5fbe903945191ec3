"""What stands between a right password and the desk: a second factor, and a new password where one is due."""

from typing import Any

from django.contrib.sessions.backends.base import SessionBase

from budgets import passwords, second_factor

STEPS = "steps"
"""Where a session keeps them, in order: each its key and what is said of it."""
SECOND, PASSWORD = "second", "password"
ADDRESSES = {SECOND: "admin:second", PASSWORD: "admin:password_change"}
"""The page of each step; at the desk nothing else answers before it is done."""
FREE = frozenset({"admin:logout", "admin:jsi18n"})


def begin(request: Any, user: Any) -> None:
    """Note what somebody who just gave the right password has to do first."""
    passwords.notice(user)
    second = "密码已经核对，还需要动态口令。" if second_factor.asked_of(user) else ""
    why = {SECOND: second, PASSWORD: passwords.due(user)}
    request.session[STEPS] = [[step, said] for step, said in why.items() if said]


def pending(session: SessionBase) -> tuple[str, str] | None:
    """Return the step that comes next, and why; None where nothing stands in the way."""
    steps = session.get(STEPS)
    return tuple(steps[0]) if steps else None


def waits_for(session: SessionBase, step: str) -> bool:
    """Tell whether a step has still to be done."""
    return any(one[0] == step for one in session.get(STEPS, []))


def done(session: SessionBase, step: str) -> None:
    """Take a step off."""
    session[STEPS] = [one for one in session.get(STEPS, []) if one[0] != step]
