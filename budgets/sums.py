"""The sums that the database makes: of an amount under a condition, of what pays for projects. All in 元."""

from django.db.models import Case, Count, Q, Sum, Value, When
from django.db.models.lookups import GreaterThan

from budgets.enums import GENERAL_BUDGETS, Source
from budgets.money import ZERO

FISCAL = Q(source__in=GENERAL_BUDGETS)
FRESH = Q(carried_over=False)
CARRIED = Q(carried_over=True)
EVERY = Q()


def added(condition: Q = EVERY, field: str = "amount") -> Sum:
    """Add up ``field`` where ``condition`` holds; nothing adds up to 0."""
    return Sum(field, filter=condition, default=ZERO) if condition else Sum(field, default=ZERO)


FUNDING_SUMS = {
    "total": added(),
    "fiscal": added(FISCAL),
    "other": added(~FISCAL),
    **{str(source): added(FRESH & Q(source=source)) for source in GENERAL_BUDGETS},
    **{f"{source}_carried": added(CARRIED & Q(source=source)) for source in GENERAL_BUDGETS},
    "special_account": added(Q(source=Source.SPECIAL_ACCOUNT)),
    "own": added(~Q(source__in=(*GENERAL_BUDGETS, Source.SPECIAL_ACCOUNT))),
}
"""项目支出表: 财政拨款 of this year and carried over, by budget; 财政专户管理资金; everything else is 单位资金."""


def whole(field: str, *, may_not_apply: bool = False) -> Case:
    """Sum a field of which no row lacks it; a sum that lacks a part is missing, not smaller.

    With ``may_not_apply`` a row that says so lacks nothing and adds nothing.
    """
    empty = Q(**{f"{field}__isnull": True})
    lacking = Count("pk", filter=empty & Q(**{f"{field}_not_applicable": False}) if may_not_apply else empty)
    return Case(When(GreaterThan(lacking, 0), then=None), default=Sum(field))


def inapplicable(field: str) -> Case:
    """Tell whether a figure applies in no row."""
    applying = Count("pk", filter=Q(**{f"{field}_not_applicable": False}))
    return Case(When(GreaterThan(applying, 0), then=Value(False)), default=Value(True))  # noqa: FBT003
