"""Printing amounts in templates, by the one money module."""

from decimal import Decimal

from django import template

from budgets.money import MoneyUnit, shown

register = template.Library()


@register.filter
def wan(amount: Decimal | None) -> str:
    """Print an amount (元) in 万元 with its unit."""
    return f"{shown(amount, MoneyUnit.WAN)}万元"
