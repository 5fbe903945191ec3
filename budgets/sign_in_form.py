"""The form of the sign-in page: it refuses, after the right password, accounts that have rested too long."""

from typing import Any

from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.exceptions import ValidationError

from budgets import idleness, passwords
from budgets.addresses import address_of
from budgets.models import AuditTrail


class SignInForm(AdminAuthenticationForm):
    """Name and password."""

    def confirm_login_allowed(self, user: Any) -> None:
        """Let in whoever has an account in use; whoever is not let in is told the way out, and it is kept."""
        super().confirm_login_allowed(user)
        why = ""
        if idleness.idle(user):
            why = "这个账号太久没有使用，已经暂停。请联系系统管理员重置密码后再登录。"
        elif passwords.expired(user):
            why = f"管理员设置的密码超过{passwords.TEMPORARY_HOURS}小时没有使用，已经失效。请联系系统管理员重新设置。"
        if why:
            AuditTrail.append("sign_in_failed", str(user), by=user, address=address_of(self.request), reason=why)
            raise ValidationError(why, code="rested")
