"""An account's page of signing in: what is locked, who is in, and what a system administrator may do about it."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from budgets.accounts import end_sessions, sessions_of
from budgets.locking import locks_of, unlock
from budgets.passwords import TEMPORARY_HOURS, due, present
from budgets.resetting import reset_password
from budgets.second_factor import asked_of, device_of, reset_second_factor, spare_codes_left


class Act(NamedTuple):
    """What may be done: the words on its button, the domain call, what is said afterwards, what must be ticked."""

    label: str
    call: Callable[..., Any]
    done: str
    tick: str = ""


TICK = "我已核实是本人提出的"
ACTS = {
    "unlock": Act("解除锁定", unlock, "已解除锁定，现在可以登录。"),
    "reset_password": Act("重置密码", reset_password, "已重置密码，全部登录已结束，锁定已解除。", TICK),
    "reset_second_factor": Act("重置动态口令", reset_second_factor, "已重置，下次登录时重新设置动态口令。", TICK),
    "end_sessions": Act("结束全部登录", end_sessions, "已结束全部登录，再用须重新登录。"),
}


class SecurityPage:
    """Mixed into the admin of accounts."""

    def security(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show how an account signs in; by POST, do one of ``ACTS``."""
        user = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_change_permission(request, user):
            raise PermissionDenied
        told = _acted(request, user) if request.method == "POST" else {}
        context = {**self.admin_site.each_context(request), "opts": self.opts, "account": user, **told}
        context |= {"title": f"登录与安全：{user}", "acts": ACTS, "locks": locks_of(user)}
        context |= {"sessions": len(sessions_of(user)), "password": present(user), "password_due": due(user)}
        context |= {"temporary_hours": TEMPORARY_HOURS, "device": device_of(user), "second_asked": asked_of(user)}
        context |= {"spare_codes": spare_codes_left(user)}
        return render(request, "admin/account_security.html", context)


def _acted(request: HttpRequest, user: Any) -> dict[str, Any]:
    """Do what was asked, and give the page what to say of it."""
    act = ACTS.get(request.POST.get("act", ""))
    if act is None:
        return {"problem": "没有这项操作，请从本页的按钮办理。"}
    if act.tick and "ticked" not in request.POST:
        return {"problem": f"没有{act.label}：请先勾选“{act.tick}”。"}
    try:
        result = act.call(user, by=request.user)
    except ValidationError as error:
        return {"problem": "".join(error.messages)}
    return {"done": act.done, **({"new_password": result} if act.call is reset_password else {})}
