"""What a password must be, how long it may be used, and passwords that are handed out and hold for one sign-in.

等保 (GB/T 22239) asks for kinds of characters and regular change; docs/decisions/0020-passwords.md weighs that.
"""

import re
import secrets
import unicodedata
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils import timezone

from budgets.models import Government, PasswordRecord, SiteIdentity
from budgets.models.password import KEPT
from budgets.pinyin import initials_of, letters_of

KINDS, ENOUGH_LETTERS = 3, 4
TEMPORARY_HOURS = 72
"""How long a password that somebody else set may wait for its first use."""
REMINDED_DAYS = 10
"""In its last days a password's age is said at every sign-in, so that it never has to be changed in a hurry."""
LOCAL = (
    *("yusuan", "juesuan", "gongkai", "caizhengju", "caizheng", "caiwu", "kuaiji", "bumen", "danwei", "zhengfu"),
    *("zuzhibu", "bangongshi", "mima", "guanliyuan", "zhongguo", "woaini", "budget", "finance", "admin", "password"),
    *("passwd", "welcome", "qwerty", "asdf", "zxcv", "abcd", "demo", "test"),
)
"""Words anybody would try here; those of the site and its governments are added."""
PLACES = re.compile("[省市区县州盟旗]")
"""What a name of a place is written without, as often as with."""
LOOKALIKES = str.maketrans("@01345$7!", "aoleassti")
ALPHABETS = ("abcdefghjkmnpqrstuvwxyz", "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789")
"""Of which handed-out passwords are made: nothing that is read in two ways."""


class EnoughKinds:
    """At least three of: small letters, capital letters, figures, anything else."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse fewer."""
        found = {_kind(one) for one in password}
        if len(found) < KINDS:
            raise ValidationError("密码须包含小写字母、大写字母、数字、其他符号中的至少三种。", code="kinds")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "至少包含小写字母、大写字母、数字、其他符号中的三种。"


class NoLocalWords:
    """More than the words that anybody would try here, with figures around them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse a password of which little is left without them."""
        plain = unicodedata.normalize("NFKC", password).lower()
        words = sorted(local_words(), key=len, reverse=True)
        for spelled in (plain, plain.translate(LOOKALIKES)):
            rest = "".join(one for one in spelled if one.isalpha())
            shorter = rest
            for word in words:
                shorter = shorter.replace(word, "")
            if shorter != rest and len(shorter) < ENOUGH_LETTERS:
                raise ValidationError("密码由本单位、本地区或常用的词组成，容易被猜到，请换一个。", code="local")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return "不要用地区、单位、业务名称的拼音加几个数字。"


class NotRepeated:
    """None of the account's last passwords; also the place that remembers them, whoever set them."""

    def validate(self, password: str, user: Any = None) -> None:
        """Refuse one that was used lately."""
        for used in _records(user)[:KEPT]:
            if check_password(password, used.password):
                raise ValidationError(f"不能使用最近{KEPT}次用过的密码，请换一个。", code="repeated")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Remember a password that was stored, and forget those beyond the last few."""
        PasswordRecord.objects.create(user=user, password=user.password, at=timezone.now())
        old = list(_records(user).values_list("pk", flat=True)[KEPT:])
        PasswordRecord.objects.filter(pk__in=old).delete()

    def get_help_text(self) -> str:
        """Say what is asked."""
        return f"不能与最近{KEPT}次用过的密码相同。"


def local_words() -> set[str]:
    """Return the words anybody would try here, in letters."""
    names = [name for pair in Government.objects.values_list("name", "full_name") for name in pair]
    names += [part for name in names for part in PLACES.split(name)] + [SiteIdentity.current().name]
    spelled = {spell(name) for name in names for spell in (letters_of, initials_of)}
    return {word.lower() for word in (*LOCAL, *names, *spelled) if len(word) >= KINDS}


def _kind(character: str) -> str:
    if character.isascii() and character.isalpha():
        return "small" if character.islower() else "capital"
    return "figure" if character.isdecimal() else "other"


def _records(user: Any) -> Any:
    return PasswordRecord.objects.filter(user=getattr(user, "pk", None)).newest_first()


def present(user: Any) -> PasswordRecord | None:
    """Return what is known of an account's present password; None where it has none, or an older one than that."""
    return _records(user).first()


def notice(user: Any) -> None:
    """Begin to count the days of a password that was stored past our rules, as commands do."""
    if present(user) is None and user.has_usable_password():
        PasswordRecord.objects.create(user=user, password=user.password, at=timezone.now())


def due(user: Any) -> str:
    """Say why an account's password must be changed before anything else; blank where it need not."""
    record = present(user)
    if record is None:
        return ""
    if record.temporary:
        return "现在的密码是管理员设置的，只用于这一次登录。请先换成自己的密码。"
    if settings.PASSWORD_DAYS and timezone.now() - record.at > timedelta(days=settings.PASSWORD_DAYS):
        return f"密码已经用满{settings.PASSWORD_DAYS}天。请先换一个新密码。"
    return ""


def days_left(user: Any) -> int | None:
    """Return how many days a password may still be used; None where that is not yet worth saying."""
    record = present(user)
    if record is None or not settings.PASSWORD_DAYS:
        return None
    left = (record.at + timedelta(days=settings.PASSWORD_DAYS) - timezone.now()).days
    return left if 0 <= left < REMINDED_DAYS else None


def expired(user: Any) -> bool:
    """Tell whether a password that was handed out waited too long."""
    record = present(user)
    aged = record and timezone.now() - record.at > timedelta(hours=TEMPORARY_HOURS)
    return bool(record and record.temporary and aged)


def hand_out(user: Any) -> None:
    """Have the account's present password, which somebody else set, changed at its first use."""
    if record := present(user):
        PasswordRecord.objects.filter(pk=record.pk).update(temporary=True)


def random_password() -> str:
    """Make a password up that keeps every rule."""
    groups = ["".join(secrets.choice(letters) for _ in range(4)) for letters in ALPHABETS]
    return "-".join([*groups, "".join(secrets.choice(ALPHABETS[0]) for _ in range(4))])
