"""The second factor of a sign-in: a code from one's telephone that holds for half a minute, or a spare code on paper.

django-otp keeps the keys and compares the codes; each is taken once, and wrong ones make the next wait longer.
"""

import unicodedata
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from budgets import edits
from budgets.access import posts_of, reaches
from budgets.accounts import sign_out_everywhere
from budgets.enums import Role
from budgets.models import AuditTrail

SPARE_CODES = 10
DIGITS = 6
ALL, NONE = "all", "none"
NAME = "动态口令"


def required_roles() -> set[str]:
    """Return the roles that need a second factor (``MFA_ROLES``)."""
    named = set(settings.MFA_ROLES)
    return {role.value for role in Role} if ALL in named else named - {NONE}


def asked_of(user: Any) -> bool:
    """Tell whether somebody must give a second factor: for a post, or because they have set one up."""
    wanted = required_roles()
    return bool(wanted and wanted & {post.role for post in posts_of(user)}) or device_of(user) is not None


def device_of(user: Any) -> TOTPDevice | None:
    """Return the device that is set up; None where there is none."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def spare_codes_left(user: Any) -> int:
    """Count the spare codes that were not used yet."""
    return StaticToken.objects.filter(device__user=user).count()


def begin_set_up(user: Any) -> TOTPDevice:
    """Return the key that somebody is to put into their telephone; the same one until it is confirmed."""
    return TOTPDevice.objects.get_or_create(user=user, confirmed=False, defaults={"name": NAME})[0]


def confirm(user: Any, code: str) -> list[str]:
    """Take a first code as proof that the telephone has the key, and return the spare codes, told only now.

    Raises ValidationError with a sentence where the code is wrong, or a device is set up already.
    """
    with transaction.atomic():
        if device_of(user):
            raise ValidationError("已经设置过动态口令。要换手机，请联系系统管理员重置。")
        device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=False).first()
        waits, right = _compared([device] if device else [], _plain(code))
        if right:
            device.confirmed = True
            device.save(update_fields=["confirmed"])
            codes = _new_spare_codes(user)
            _record("set_second_factor", user, user)
    if not right:
        raise ValidationError(_sentence(waits))
    return codes


def verify(user: Any, code: str) -> None:
    """Take a code from the telephone, or a spare code, once.

    Raises ValidationError with a sentence where it is wrong, or comes too soon after a wrong one.
    """
    plain = _plain(code)
    model = TOTPDevice if len(plain) == DIGITS and plain.isdecimal() else StaticDevice
    with transaction.atomic():
        devices = list(model.objects.select_for_update().filter(user=user, confirmed=True))
        waits, right = _compared(devices, plain if model is TOTPDevice else _kept(user, plain))
        _record("second_factor" if right else "second_factor_failed", user, user, spare=model is StaticDevice)
    if not right:
        raise ValidationError(_sentence(waits))


def reset_second_factor(user: Any, *, by: Any) -> None:
    """Forget somebody's device and spare codes, and sign them out; they set up another at the next sign-in.

    Raises ValidationError with a sentence where that cannot be.
    """
    if not reaches(by, user, "change"):
        raise ValidationError(f"用户“{by}”不能重置动态口令，请由系统管理员办理。")
    if by.pk == user.pk:
        raise ValidationError("不能重置自己的动态口令，请由另一名系统管理员办理。")
    with transaction.atomic():
        found = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True)
        if not list(found):
            raise ValidationError(f"账号“{user}”没有设置动态口令，不需要重置。")
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()
        sign_out_everywhere(user)
        _record("reset_second_factor", user, by)


def _plain(code: str) -> str:
    """Return a code as it is compared, however it was typed."""
    return "".join(unicodedata.normalize("NFKC", code).split()).replace("-", "").lower()


def _compared(devices: list[Any], code: str) -> tuple[int, bool]:
    """Compare a code with some devices; return how many seconds to wait where it came too soon, and if it is right."""
    waits = 0
    for device in devices:
        allowed, why = device.verify_is_allowed()
        if not allowed:
            waits = max(waits, int((why["locked_until"] - timezone.now()).total_seconds()) + 1)
        elif device.verify_token(code):
            return 0, True
    return waits, False


def _sentence(waits: int) -> str:
    if waits:
        return f"验证码错误次数较多，请在{waits}秒后再试。"
    return "验证码不对，或已经用过。请等手机上换成下一个再填；手机的时间须准确。"


def _new_spare_codes(user: Any) -> list[str]:
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name="备用码")
    codes = [StaticToken.random_token() for _ in range(SPARE_CODES)]
    StaticToken.objects.bulk_create([StaticToken(device=device, token=_kept(user, code)) for code in codes])
    return codes


def _kept(user: Any, code: str) -> str:
    """Return what is stored of a spare code: whoever reads the database, without the site's key, learns no code."""
    digest = salted_hmac(f"budgets.second_factor.{user.pk}", code, algorithm="sha256").hexdigest()
    return digest[: StaticToken._meta.get_field("token").max_length]


def _record(act: str, user: Any, by: Any, **detail: Any) -> None:
    AuditTrail.append(act, edits.target_of(user), by=by, subject=edits.subject_of(user), **detail)
