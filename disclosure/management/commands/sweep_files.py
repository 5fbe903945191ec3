"""Deletes stored files that no edition has any more."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from disclosure import workflow


class Command(BaseCommand):
    """``manage.py sweep_files [--dry-run]``; safe at any time, and to run again."""

    help = (
        "删除没有版次使用的公开文件（例如撤下时断电，没有来得及删除的；一天以内的不动）和过时的数据包。每天运行一次。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let it only tell."""
        parser.add_argument("--dry-run", action="store_true", help="只列出，不删除")

    def handle(self, *, dry_run: bool, **_options: Any) -> None:
        """Delete, naming each file."""
        found = workflow.sweep(dry_run=dry_run)
        for name in found:
            self.stdout.write(name)
        self.stdout.write(f"{'可以删除' if dry_run else '已删除'}{len(found)}个没有版次使用的文件。")
