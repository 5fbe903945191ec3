"""Writes cells that no spreadsheet takes for a formula, without changing a letter of what they say."""

from decimal import Decimal
from typing import Any

from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell


def write(cell: Any, value: Any) -> Cell:
    """Put a value into a cell and return it: amounts as numbers, everything else as text, formulas never."""
    if value is None or value == "":
        return cell
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        cell.value = value
        cell.number_format = "0.00" if isinstance(value, Decimal) and value.as_tuple().exponent == -2 else "0.######"  # noqa: PLR2004 (分)
        return cell
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", str(value))
    cell.data_type, cell.number_format, cell.quotePrefix = "s", "@", True
    return cell
