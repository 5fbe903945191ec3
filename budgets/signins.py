"""What the trail keeps of signing in and out: Django's own signals are the only place that sees every way in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed

from budgets import sessions, steps
from budgets.addresses import address_of
from budgets.models.trail import AuditTrail
from budgets.passwords import days_left
from budgets.resuming import welcome

LONGEST_NAME = 150


def watch() -> None:
    """Listen."""
    user_logged_in.connect(signed_in, dispatch_uid="budgets.signins.signed_in")
    user_logged_out.connect(signed_out, dispatch_uid="budgets.signins.signed_out")
    user_login_failed.connect(sign_in_failed, dispatch_uid="budgets.signins.sign_in_failed")


def signed_in(*, request: Any, user: Any, **_signal: Any) -> None:
    """Record that somebody came in; what somebody else typed before is not theirs."""
    welcome(request, user)
    if hasattr(request, "session"):
        sessions.begin(request)
        steps.begin(request, user)
        _remind(request, user)
    AuditTrail.append("sign_in", str(user), by=user, address=address_of(request))


def _remind(request: Any, user: Any) -> None:
    """Say on the first page that a password has few days left."""
    left = days_left(user)
    if left is not None:
        when = f"还可以用{left}天" if left else "今天到期"
        said = f"您的密码{when}，到期以后登录时必须先更换。可以现在就在右上角“修改密码”里换。"
        messages.warning(request, said, fail_silently=True)


def signed_out(*, request: Any, user: Any, **_signal: Any) -> None:
    """Record that somebody went; whose session had ended already is not known any more."""
    if user is not None:
        AuditTrail.append("sign_out", str(user), by=user, address=address_of(request))


def sign_in_failed(*, credentials: dict[str, Any], request: Any = None, **_signal: Any) -> None:
    """Record the name that was typed and where it came from, never the password."""
    name = str(credentials.get("username", ""))[:LONGEST_NAME]
    AuditTrail.append("sign_in_failed", name, by=None, address=address_of(request))
