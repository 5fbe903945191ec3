"""A new password for somebody who has forgotten theirs, without any mail: told once, used once."""

from typing import Any

from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import transaction

from budgets import edits
from budgets.access import reaches
from budgets.accounts import sign_out_everywhere
from budgets.models import AuditTrail
from budgets.passwords import hand_out, random_password


def reset_password(user: Any, *, by: Any) -> str:
    """Give an account a random password that must be changed at its first use, and return it; its sessions end.

    ``by`` is the system administrator who does it, None for whoever runs commands on the server. Raises
    ValidationError with a sentence where that cannot be.
    """
    if by is not None and not reaches(by, user, "change"):
        raise ValidationError(f"用户“{by}”不能重置密码，请由系统管理员办理。")
    if by is not None and by.pk == user.pk:
        raise ValidationError("自己的密码请在右上角“修改密码”里换。")
    with transaction.atomic():
        locked = get_user_model().objects.select_for_update(no_key=True).get(pk=user.pk)
        if not locked.is_active:
            raise ValidationError(f"账号“{locked}”已经停用，请先恢复，再重置密码。")
        password = random_password()
        locked.set_password(password)
        locked.save(update_fields=["password"])
        hand_out(locked)
        sign_out_everywhere(locked)
        AccessAttempt.objects.filter(username=locked.get_username()).delete()
        AuditTrail.append("reset_password", edits.target_of(locked), by=by, subject=edits.subject_of(locked))
    return password
