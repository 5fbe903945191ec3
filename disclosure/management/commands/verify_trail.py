"""Checks that the audit trail, and everything that was published, is still what it was."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets.models import TrailHead
from disclosure.verification import verify


class Command(BaseCommand):
    """``manage.py verify_trail [--quick] [--known HASH …]``."""

    help = "核对审计轨迹和全部公开版次是否被改动过。有问题时逐条列出，退出码不为0。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is to be looked at."""
        parser.add_argument("--quick", action="store_true", help="只核对轨迹的链条，不核对版次和文件")
        parser.add_argument("--known", nargs="+", default=[], metavar="校验值", help="以前抄录的校验值")

    def handle(self, *, quick: bool, known: list[str], **_options: Any) -> None:
        """Print every finding with its place."""
        problems = 0
        for finding in verify(quick=quick, known=tuple(known)):
            problems += not finding.note
            self.stdout.write(f"{'提示' if finding.note else '问题'}　{finding.place}：{finding.message}")
        head = TrailHead.objects.filter(pk=1).first()
        if problems:
            message = f"发现{problems}处问题。请保留现场，不要修改数据库，与备份核对后查明原因。"
            raise CommandError(message)
        rows, last = (head.rows, head.last_hash) if head else (0, "无")
        self.stdout.write(f"核对无误：轨迹{rows}条，末条校验值 {last}。")
        self.stdout.write("请定期把末条校验值抄录到平台以外，以后用 --known 核对。")
