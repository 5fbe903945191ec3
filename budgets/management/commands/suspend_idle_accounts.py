"""Suspends accounts that nobody has used for a long time; run it once a day."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from budgets.idleness import idle_accounts, last_used, suspend


class Command(BaseCommand):
    """``manage.py suspend_idle_accounts [--dry-run]``."""

    help = "暂停长期（ACCOUNT_IDLE_DAYS，默认90天）没有使用的账号；系统管理员可以恢复，岗位保留。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let people look first."""
        parser.add_argument("--dry-run", action="store_true", help="只列出，不暂停")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        """List what is found, and suspend it."""
        found = idle_accounts()
        for user in found:
            self.stdout.write(f"{user}（最后使用：{last_used(user):%Y-%m-%d}）")
            if not dry_run:
                suspend(user)
        self.stdout.write(f"{'将暂停' if dry_run else '已暂停'}{len(found)}个账号。")
