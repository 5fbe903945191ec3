"""Money: integer 分 in the database, Decimal 元 in Python, 万元 or 元 on paper."""

import re
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import Enum
from typing import Any, Final

from django import forms
from django.core.exceptions import FieldError, ValidationError
from django.db import models
from django.db.models.expressions import CombinedExpression

FEN: Final = Decimal("0.01")
ZERO: Final = Decimal("0.00")
LARGEST: Final = Decimal("10000000000000.00")
MISSING_SHOWN: Final = "—"
FULL_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {ord("−"): "-"}


class NotApplicable(Enum):
    """The third state of a figure besides a number and a missing one."""

    NOT_APPLICABLE = "n/a"

    def __str__(self) -> str:
        return "不适用"


LONGEST: Final = 100
"""No number is written with more characters; one with a million digits is out of reach of any arithmetic."""
NOT_APPLICABLE: Final = NotApplicable.NOT_APPLICABLE


def says_not_applicable(text: str) -> bool:
    """Tell whether people mean by ``text`` that a figure does not apply: 不适用 or n/a."""
    return text.translate(FULL_WIDTH).strip().casefold() in {str(NOT_APPLICABLE), NOT_APPLICABLE.value}


class MoneyUnit(models.TextChoices):
    """The unit on paper; an attribute of a table's layout, never of the stored figure."""

    YUAN = "yuan", "元"
    WAN = "wan", "万元"

    @property
    def in_yuan(self) -> Decimal:
        """How many 元 one of this unit is."""
        return Decimal(10000) if self is MoneyUnit.WAN else Decimal(1)


def exact(amount: Decimal) -> Decimal:
    """Return ``amount`` (元) with exactly two places; refuse what is finer than a 分 or out of range."""
    if not amount.is_finite() or abs(amount) > LARGEST:
        raise ValidationError("金额超出可以保存的范围（十万亿元以内）。", code="range")
    fixed = amount.quantize(FEN)
    if fixed != amount:
        raise ValidationError("金额“%(amount)s”元精确到了分以下，请核对。", code="finer", params={"amount": amount})
    return fixed + ZERO


def number(text: str) -> Decimal | None:
    """Read a number as people type it (full-width digits, separators, （12.3） for −12.3); None where it is none."""
    if len(text) > LONGEST:
        return None
    if text.isascii() and text.replace(".", "", 1).isdigit():
        return Decimal(text)
    folded = re.sub(r"[\s,]", "", text.translate(FULL_WIDTH))
    if bracketed := re.fullmatch(r"\((.+)\)", folded):
        folded = f"-{bracketed[1]}"
    return Decimal(folded) if re.fullmatch(r"[+-]?(\d+(\.\d*)?|\.\d+)", folded, re.ASCII) else None


def parse(text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> Decimal:
    """Read an amount as :func:`number` reads; ``text`` is in ``unit``, the result is exact 元.

    Raises ValidationError in Chinese; never rounds.
    """
    found = number(text)
    if found is None:
        quoted = text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
        raise ValidationError(
            "“%(text)s”不是金额，请填写数字，例如 1090.88。", code="not_a_number", params={"text": quoted}
        )
    return exact(found * unit.in_yuan)


def shown(amount: Decimal | NotApplicable | None, unit: MoneyUnit, *, grouped: bool = False) -> str:
    """Print ``amount`` (元) in ``unit`` with two places, rounded half up, here and nowhere else."""
    if amount is None:
        return MISSING_SHOWN
    if isinstance(amount, NotApplicable):
        return str(amount)
    rounded = (amount / unit.in_yuan).quantize(FEN, ROUND_HALF_UP) + ZERO
    return f"{rounded:,.2f}" if grouped else f"{rounded:.2f}"


def percentage(part: Decimal, base: Decimal | None) -> Decimal | None:
    """Return ``part`` as a percentage of ``base`` with two places; a base of 0 or none has none."""
    return (part * 100 / base).quantize(FEN, ROUND_HALF_UP) + ZERO if base else None


def rate(change: Decimal, base: Decimal | None) -> str:
    """Print ``change`` as a signed percentage of ``base``; a base of 0 or none gives “—”, never 100 %."""
    found = percentage(change, base)
    return MISSING_SHOWN if found is None else f"{found}%"


class MoneyField(models.Field):
    """An amount: BIGINT 分 in the database, Decimal 元 in Python; sums and comparisons are exact on both engines."""

    description = "金额（以分存储）"

    def get_internal_type(self) -> str:
        """Be a BIGINT on every engine."""
        return "BigIntegerField"

    def from_db_value(self, value: Any, _expression: Any, _connection: Any) -> Decimal | None:
        """Turn 分 into 元; PostgreSQL sums BIGINT into NUMERIC, still whole 分."""
        return None if value is None else (Decimal(value) * FEN).quantize(FEN)

    def to_python(self, value: Any) -> Decimal | None:
        """Accept Decimal, int or text in 元; refuse float and anything finer than a 分."""
        if value is None or value == "":
            return None
        if isinstance(value, str):
            return parse(value)
        if isinstance(value, bool) or not isinstance(value, Decimal | int):
            raise ValidationError("金额必须是十进制数，不能是浮点数。", code="float")
        try:
            return exact(Decimal(value))
        except InvalidOperation as error:
            raise ValidationError("金额超出可以保存的范围。", code="range") from error

    def get_prep_value(self, value: Any) -> int | None:
        """Turn 元 into whole 分."""
        amount = self.to_python(super().get_prep_value(value))
        return None if amount is None else int(amount * 100)

    def get_placeholder(self, value: Any, _compiler: Any, _connection: Any) -> str:
        """Refuse arithmetic inside the database: there the unit is 分, and ``F("amount") + 1`` would add one 分."""
        if isinstance(value, CombinedExpression):
            raise FieldError("金额不能在数据库表达式里加减，请先读出再计算，或用 Sum 加总。")
        return "%s"

    def value_to_string(self, obj: models.Model) -> str:
        """Serialise as text, so that no JSON reader makes a float of it."""
        amount = self.value_from_object(obj)
        return "" if amount is None else str(amount)

    def formfield(self, **kwargs: Any) -> forms.Field | None:
        """Ask for 元 as text and complain in Chinese."""
        return super().formfield(**{"form_class": MoneyFormField, **kwargs})


class MoneyFormField(forms.CharField):
    """What a clerk types for an amount in 元."""

    def to_python(self, value: Any) -> Decimal | None:
        """Parse the text; blank is missing, not zero."""
        text = super().to_python(value)
        return parse(text) if text else None
