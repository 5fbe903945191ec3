"""Forgets the answers that are kept, after the database was changed behind the portal's back."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.answers.shelf import ShelfError, forget


class Command(BaseCommand):
    """``manage.py forget_answers``."""

    help = "清空存下的公众页面。平常不用；绕过本平台改了数据库以后运行。"

    def handle(self, **_options: Any) -> None:
        """Take everything away; raise CommandError where that cannot be done."""
        if not settings.ANSWERS:
            self.stdout.write("没有存放公众页面（ANSWERS=no），不用清空。")
            return
        try:
            forget()
        except ShelfError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已清空{settings.ANSWERS_DIR}。")
