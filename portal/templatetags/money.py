"""Printing amounts in templates, by the one money module."""

from decimal import Decimal

from django import template

from budgets.money import MISSING_SHOWN, MoneyUnit, shown

register = template.Library()


@register.filter
def wan(amount: Decimal | None) -> str:
    """Print an amount (元) in 万元 with its unit."""
    return f"{shown(amount, MoneyUnit.WAN)}万元"


@register.filter
def in_wan(amount: Decimal | None) -> str:
    """Print an amount (元) in 万元 for a cell whose table names the unit; a missing one as “—”."""
    return shown(amount, MoneyUnit.WAN)


@register.filter
def percent(share: Decimal | None) -> str:
    """Print a percentage; one that cannot be told as “—”."""
    return MISSING_SHOWN if share is None else f"{share}%"
