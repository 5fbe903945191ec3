"""Gives an account a password that holds for one sign-in; for when no administrator can sign in."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from budgets.passwords import TEMPORARY_HOURS
from budgets.resetting import reset_password


class Command(BaseCommand):
    """``manage.py reset_password NAME``."""

    help = "重置一个账号的密码，显示一次性的新密码；首次登录时必须更换。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the name."""
        parser.add_argument("name", help="用户名")

    def handle(self, *, name: str, **_options: Any) -> None:
        """Print the password."""
        user = get_user_model().objects.filter(username=name).first()
        if user is None:
            message = f"没有用户名为“{name}”的账号。"
            raise CommandError(message)
        try:
            password = reset_password(user, by=None)
        except ValidationError as error:
            raise CommandError("".join(error.messages)) from error
        self.stdout.write(f"账号“{user}”的新密码：{password}")
        self.stdout.write(f"只显示这一次；{TEMPORARY_HOURS}小时内有效，登录后必须更换。")
