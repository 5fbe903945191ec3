"""What the workbook commands share: whose workbook, and who acts."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError

from budgets.enums import Phase, Role
from disclosure.models import Disclosure


def add_arguments(parser: ArgumentParser) -> None:
    """Take department, year and, where they are not obvious, the rest."""
    parser.add_argument("department", help="部门编码，如 203")
    parser.add_argument("year", type=int, help="年度，如 2022")
    parser.add_argument("--unit", default="", help="单位编码；部门预算省略")
    parser.add_argument("--government", default="", help="区划代码；只有一个政府时可省略")
    parser.add_argument("--by", default="", help="经办人用户名；该部门只有一名经办人时可省略")


def disclosure_of(options: dict[str, Any]) -> Disclosure:
    """Find the disclosure; raise CommandError where there is none or more than one."""
    budget = {"department__code": options["department"], "fiscal_year__year": options["year"], "phase": Phase.INITIAL}
    found = Disclosure.objects.filter(**{f"budget__{name}": value for name, value in budget.items()})
    found = found.filter(unit__code=options["unit"]) if options["unit"] else found.filter(unit=None)
    if options["government"]:
        found = found.filter(budget__fiscal_year__government__code=options["government"])
    if len(found) != 1:
        words = (
            "没有找到{}{}年的预算公开事项，请先建立。"
            if not found
            else "不止一个政府有部门{}（{}年），请用 --government 指明。"
        )
        raise CommandError(words.format(options["department"], options["year"]))
    return found[0]


def clerk_of(options: dict[str, Any], disclosure: Disclosure) -> Any:
    """Find who acts; raise CommandError where nobody is named and not exactly one holds the clerk's post."""
    users = get_user_model().objects.filter(is_active=True)
    if options["by"]:
        found = users.filter(username=options["by"])
    else:
        posts = {"role": Role.CLERK, "department": disclosure.budget.department, "unit": disclosure.unit}
        found = users.filter(**{f"memberships__{name}": value for name, value in posts.items()}).distinct()
    names = sorted(user.username for user in found)
    if len(names) != 1:
        message = f"请用 --by 指明一名经办人（现有：{'、'.join(names) or '无'}）。"
        raise CommandError(message)
    return found[0]
