"""Publishes a department's budget as a new edition."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from budgets.enums import Phase, Role
from disclosure import workflow
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError


class Command(BaseCommand):
    """``manage.py publish 203 2022``."""

    help = "公开一个已经审核完毕（待公开）的部门或单位的年初预算，形成新的版次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take department, year and, where they are not obvious, the rest."""
        parser.add_argument("department", help="部门编码，如 203")
        parser.add_argument("year", type=int, help="年度，如 2022")
        parser.add_argument("--government", help="区划代码；只有一个政府时可省略")
        parser.add_argument("--by", help="发布人用户名；只有一名发布人时可省略")
        parser.add_argument("--unit", default="", help="单位编码；部门预算省略")

    def handle(self, **options: Any) -> None:
        """Find the disclosure and the publisher, then publish."""
        disclosure = _disclosure(options)
        try:
            edition = workflow.publish(disclosure, by=_publisher(options, disclosure))
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已公开：{edition}，内容校验值 {edition.content_sha256}")


def _disclosure(options: dict[str, Any]) -> Disclosure:
    found = Disclosure.objects.filter(
        budget__department__code=options["department"],
        budget__fiscal_year__year=options["year"],
        budget__phase=Phase.INITIAL,
    )
    found = found.filter(unit__code=options["unit"]) if options["unit"] else found.filter(unit=None)
    if options["government"]:
        found = found.filter(budget__fiscal_year__government__code=options["government"])
    try:
        return found.get()
    except Disclosure.DoesNotExist as error:
        of = f"{options['unit']}单位" if options["unit"] else f"{options['department']}部门"
        message = f"没有找到{of}{options['year']}年的预算公开事项，请先建立并填报。"
        raise CommandError(message) from error
    except Disclosure.MultipleObjectsReturned as error:
        message = "有多个政府使用这一部门编码，请用 --government 指明区划代码。"
        raise CommandError(message) from error


def _publisher(options: dict[str, Any], disclosure: Disclosure) -> Any:
    users = get_user_model().objects.filter(is_active=True)
    if options["by"]:
        found = users.filter(username=options["by"])
    else:
        government = disclosure.budget.fiscal_year.government
        found = users.filter(memberships__role=Role.PUBLISHER, memberships__government=government).distinct()
    names = [user.username for user in found]
    if len(names) != 1:
        message = f"请用 --by 指明一名发布人（现有：{'、'.join(names) or '无'}）。"
        raise CommandError(message)
    return found.get()
