"""Publishes everything whose hour has come; to be run every minute."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure import workflow


class Command(BaseCommand):
    """``manage.py publish_due``; safe to run again, and twice at once."""

    help = "公开到了定时公开时间的预算公开；每分钟运行一次，重复运行不会重复公开。有没有公开成的，说明原因。"

    def handle(self, **_options: Any) -> None:
        """Publish, tell what became of each, and fail where one was refused."""
        due = workflow.publish_due()
        for one in due:
            self.stdout.write(f"已公开：{one.edition}" if one.edition else f"没有公开{one.disclosure}：{one.refusal}")
        if not due:
            self.stdout.write("没有到时间的定时公开。")
        refused = sum(1 for one in due if not one.edition)
        if refused:
            message = f"{refused}项没有公开，原因见上。"
            raise CommandError(message)
