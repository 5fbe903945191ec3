"""What a clerk wrote for a figure: a number, nothing, or “not applicable”; whether all are in the wrong unit."""

import re
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.core.exceptions import ValidationError

from budgets.money import FEN, FULL_WIDTH, NOT_APPLICABLE, MoneyUnit, NotApplicable, number, parse, says_not_applicable

DASHES = frozenset("-‐‑‒–—―─━－−﹣~～/／\\无")
SEPARATED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
RESIDUE = Decimal("0.000001")
"""元: what binary arithmetic leaves behind a sum (0.0800000000000054), never a figure anyone wrote."""
FACTOR = Decimal(10000)
TOLERANCE = Decimal("0.02")


class Figure(NamedTuple):
    """A figure in exact 元 (None is missing) and what to tell about how it was read, blank where nothing is."""

    amount: Decimal | NotApplicable | None
    note: str = ""


def read_figure(text: str, unit: MoneyUnit = MoneyUnit.YUAN) -> Figure:
    """Read a figure as people write it; raise ValidationError in Chinese for what is none.

    Full-width digits, separators in threes and （12.3） are read; blank is missing without a word; “－ — 无 /” are
    missing too, with a note that they are not 0; “不适用” is the third state.
    """
    written = text.strip()
    if not written:
        return Figure(None)
    if says_not_applicable(written):
        return Figure(NOT_APPLICABLE)
    if says_nothing(written):
        return Figure(None, f"“{written}”按未填写读取，不是0；如果是0，请填写0。")
    _check_separators(written)
    found = number(written)
    amount = None if found is None else _without_residue(found * unit.in_yuan)
    return Figure(parse(written, unit) if amount is None else parse(f"{amount:f}"))


def says_nothing(text: str) -> bool:
    """Tell whether people mean by ``text`` (“—”, “／”, “无”) that they have filled nothing in."""
    return text[:1] in DASHES and set(re.sub(r"\s", "", text)) <= DASHES


def _check_separators(written: str) -> None:
    """Refuse “1,23”: a comma for a point would make it a hundredfold."""
    digits = re.sub(r"[\s()]", "", written.translate(FULL_WIDTH))
    if "," in digits and re.fullmatch(r"[+-]?[\d,.]+", digits, re.ASCII) and not SEPARATED.fullmatch(digits):
        raise ValidationError(
            "“%(text)s”的逗号不在千分位上，请核对是不是小数点，例如 1,090.88。",
            code="separators",
            params={"text": written},
        )


def _without_residue(amount: Decimal) -> Decimal:
    """Drop what lies within a ten-thousandth of a 分; leave anything larger to be refused."""
    rounded = amount.quantize(FEN, ROUND_HALF_UP) if abs(amount) < FACTOR**4 else amount
    return rounded if abs(rounded - amount) <= RESIDUE else amount


class WrongUnit(NamedTuple):
    """The suspicion that a file's figures are in another unit than its heading says."""

    written: MoneyUnit
    meant: MoneyUnit
    matching: int
    compared: int

    def __str__(self) -> str:
        return (
            f"疑似以{self.written.label}填写：本应以{self.meant.label}为单位，{self.compared}个可比的金额中有"
            f"{self.matching}个与已知数正好相差一万倍，请核对单位。"
        )


def wrong_unit(pairs: Iterable[tuple[Decimal | None, Decimal | None]]) -> WrongUnit | None:
    """Compare amounts of a file (元) with known ones (control figures, last year's; 元); None where nothing is amiss.

    Most ratios within 2 % of 10⁴ mean 万元 written where 元 is meant, within 2 % of 10⁻⁴ the reverse. Pairs with a
    missing figure or a 0 say nothing.
    """
    comparable = [(ours, known) for ours, known in pairs if ours and known]
    too_small = sum(_near(known, ours * FACTOR) for ours, known in comparable)
    too_large = sum(_near(ours, known * FACTOR) for ours, known in comparable)
    if 2 * too_small > len(comparable):
        return WrongUnit(MoneyUnit.WAN, MoneyUnit.YUAN, too_small, len(comparable))
    if 2 * too_large > len(comparable):
        return WrongUnit(MoneyUnit.YUAN, MoneyUnit.WAN, too_large, len(comparable))
    return None


def _near(amount: Decimal, expected: Decimal) -> bool:
    return abs(amount - expected) <= abs(expected) * TOLERANCE
