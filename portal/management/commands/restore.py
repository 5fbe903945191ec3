"""Restores a backup."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from disclosure.refusal import RefusalError
from portal.answers.shelf import forget
from portal.keeping import restore


class Command(BaseCommand):
    """``manage.py restore FILE [--replace NAME]``."""

    help = "从备份恢复到空的系统，恢复后逐项核对。先停止网站。--replace 加数据库名，替换现有的数据。"
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the backup, and the name of what it may replace."""
        parser.add_argument("file", type=Path, help="备份文件")
        parser.add_argument(
            "--replace", default="", metavar="数据库名", help="替换现有的数据：写出现在的数据库名以确认"
        )

    def handle(self, *, file: Path, replace: str, **_options: Any) -> None:
        """Restore, and say what is there."""
        try:
            found = restore(file, replace=replace, say=self.stdout.write)
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        if settings.ANSWERS:
            forget()
        for line in found.lines:
            self.stdout.write(line)
        if connection.vendor == "postgresql":
            self.stdout.write("数据库另设应用角色的，请重新运行 docs/deploy/roles.sql。")
        self.stdout.write("已恢复，核对无误。所有人要重新登录；备份以后撤下的版次，要重新撤下。")
