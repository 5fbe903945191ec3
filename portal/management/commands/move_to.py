"""Moves everything into another database."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from disclosure.refusal import RefusalError
from portal.keeping import move_to
from portal.settings import database


class Command(BaseCommand):
    """``manage.py move_to URL``."""

    help = "把全部数据搬到另一个空的数据库（例如由 SQLite 改用 PostgreSQL），编号、校验值不变。先停止网站。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to."""
        parser.add_argument(
            "url", help="目标数据库，写法同 DATABASE_URL，例如 postgres://portal_owner:密码@127.0.0.1/portal"
        )

    def handle(self, *, url: str, **_options: Any) -> None:
        """Move, and say what is there."""
        try:
            found = move_to(database(url), say=self.stdout.write)
        except (RefusalError, ImproperlyConfigured) as refusal:
            raise CommandError(str(refusal)) from refusal
        for line in found.lines:
            self.stdout.write(line)
        self.stdout.write("已搬完，核对无误。请把 .env 的 DATABASE_URL 改为这个数据库，再启动网站；所有人要重新登录。")
