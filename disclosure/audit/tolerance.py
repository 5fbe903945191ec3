"""By how much printed figures may differ: nothing for our own documents, the rounding of the paper for foreign ones.

A tolerance takes the number of addends and returns R in 元. Measured on published documents: a 元 table differs from
its children by up to 1元, a 万元 table with two places by 0.005万元 for each figure that was rounded.
"""

from collections.abc import Callable
from decimal import Decimal

from budgets.money import ZERO

Tolerance = Callable[[int], Decimal]

HALF = Decimal("0.005")
LEAST = Decimal("0.01")
WAN = Decimal(10000)


def exact(_addends: int) -> Decimal:
    """Allow nothing: documents of this portal are exact to the 分."""
    return ZERO


def printed_in_wan(addends: int) -> Decimal:
    """Allow 0.005 × (n + 1) 万元, at least 0.01万元."""
    return max(LEAST, HALF * (addends + 1)) * WAN


def printed_in_yuan(_addends: int) -> Decimal:
    """Allow 1元."""
    return Decimal(1)
