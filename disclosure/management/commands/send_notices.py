"""Reminds of the deadlines of publication, and mails what has not gone out; to be run once a day."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from disclosure import mailing, reminders


class Command(BaseCommand):
    """``manage.py send_notices [--today 2026-02-08]``; safe to run again, on any day."""

    help = "提醒将到期（10、5、2日内）和已逾期的预算公开，并补发没有发出的邮件；每天运行一次，重复运行不会重复提醒。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Let the day be given."""
        parser.add_argument("--today", default="", help="按哪一天计算，如 2026-02-08；省略为今天")

    def handle(self, *, today: str, **_options: Any) -> None:
        """Store the reminders, mail, and tell how many; a mail server out of reach is no failure."""
        stored = reminders.remind(_day(today))
        sent = mailing.send(mailing.waiting())
        self.stdout.write(f"新增提醒{stored}条，发出邮件{sent}封。")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text) if text else timezone.localdate()
    except ValueError as error:
        message = f"日期“{text}”无效，请写成 2026-02-08 的形式。"
        raise CommandError(message) from error
