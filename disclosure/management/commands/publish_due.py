"""Publishes what is due at its set hour; to be run every minute by a timer."""

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from disclosure import workflow


class Command(BaseCommand):
    """``manage.py publish_due [--at 2026-02-08T09:00]``; safe to run twice, and by two at once."""

    help = "公开到了定时公开时间的预算；每分钟运行一次，重复运行、两处同时运行都只公开一次。有被拒绝的，退出码为1。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the moment be given."""
        parser.add_argument("--at", default="", help="按哪一时刻计算，如 2026-02-08T09:00；省略为现在")

    def handle(self, *, at: str, **_options: Any) -> None:
        """Publish, say of each what happened, and fail where one was refused."""
        done = workflow.publish_due(_moment(at) if at else None)
        for due in done:
            if due.edition:
                self.stdout.write(f"已公开：{due.edition}")
            else:
                self.stderr.write(f"没有公开：{due.disclosure}：{due.refusal}")
        if not done:
            self.stdout.write("没有到时间的定时公开。")
        refused = sum(due.edition is None for due in done)
        if refused:
            message = f"有{refused}份没有公开，共{len(done)}份到期。"
            raise CommandError(message)


def _moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        message = f"时间“{text}”无效，请写成 2026-02-08T09:00 的形式。"
        raise CommandError(message) from error
    return found if found.tzinfo else timezone.make_aware(found)
