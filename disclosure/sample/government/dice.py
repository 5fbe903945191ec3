"""Chance that falls the same way every time: whole numbers only, one stream for each purpose."""

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")
CAPITALS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def yuan(fen: int) -> Decimal:
    """Return an amount in 分 as exact 元."""
    return Decimal(fen).scaleb(-2)


def fen_of(amount: Decimal) -> int:
    """Return an amount in 元 as whole 分."""
    return int(amount.scaleb(2))


class Dice:
    """A stream of choices that depends on its seed alone."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)  # noqa: S311 (plausible figures, not secrets)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from ``low`` to ``high``, both possible."""
        return self._random.randint(low, high)

    def chance(self, percent: int) -> bool:
        """Say yes in ``percent`` of 100 cases."""
        return self._random.randrange(100) < percent

    def pick(self, options: Sequence[T]) -> T:
        """Return one of ``options``."""
        return options[self._random.randrange(len(options))]

    def fen(self, low: int, high: int) -> int:
        """Return an amount between ``low`` and ``high`` 元 as 分: half of them in whole 元."""
        return self.between(low, high) * 100 + (self.between(0, 99) if self.chance(50) else 0)

    def near(self, fen: int, low: int, high: int) -> int:
        """Return ``low`` to ``high`` percent of an amount in 分, whole 元 staying whole."""
        moved = fen * self.between(low, high) // 100
        return moved // 100 * 100 if fen % 100 == 0 else moved

    def serial(self, length: int) -> str:
        """Return digits and capitals as project codes have them."""
        return "".join(self.pick(CAPITALS) for _ in range(length))
