"""Gives the demo department one account for each role, with random passwords that are shown once."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from budgets.enums import Role
from budgets.models import Department, Membership

GOVERNMENT_WIDE = {
    Role.BUREAU_REVIEWER,
    Role.PUBLISHER,
    Role.EMERGENCY_PUBLISHER,
    Role.AUDITOR,
    Role.SYSTEM_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
}
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


class Command(BaseCommand):
    """``manage.py demo_accounts [--reset]``."""

    help = "为演示部门建立每个岗位一个账号；密码随机，只显示一次。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let forgotten passwords be made anew."""
        parser.add_argument("--reset", action="store_true", help="重新生成全部演示账号的密码")

    @transaction.atomic
    def handle(self, *, reset: bool, **_options: Any) -> None:
        """Create what is missing and print what is new."""
        department = Department.objects.filter(government__code="130303", code="203").first()
        if department is None:
            self.stdout.write("没有演示部门，未建立账号。")
            return
        made = [(role, account(role, department, reset=reset)) for role in Role]
        lines = [f"  {name:32} {password}   {role.label}" for role, (name, password) in made if password]
        if lines:
            self.stdout.write("演示账号（密码只显示这一次；忘记时运行 ./run --reset-passwords）：")
            self.stdout.write("\n".join(lines))


def account(role: Role, department: Department, *, reset: bool) -> tuple[str, str]:
    """Return the role's account and its new password, "" where it keeps the one it has."""
    name = f"demo-{role.value.replace('_', '-')}"
    user, _ = get_user_model().objects.get_or_create(username=name)
    whose = None if role in GOVERNMENT_WIDE else department
    Membership.objects.get_or_create(
        user=user, role=role, government=department.government, department=whose, unit=None, closed_on=None
    )
    password = ""
    if reset or not user.has_usable_password() or not user.password:
        password = "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
        user.set_password(password)
    user.is_staff = True
    user.first_name = str(role.label)
    user.save()
    return name, password
