"""Takes the last import of a workbook back."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.intake.undo import undo
from disclosure.management import workbooks
from disclosure.refusal import RefusalError


class Command(BaseCommand):
    """``manage.py undo_import 203 2022``."""

    help = "撤销一个部门（或单位）最近一次导入；导入之后数据又有修改的，不能撤销。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the disclosure."""
        workbooks.add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Undo."""
        disclosure = workbooks.disclosure_of(options)
        run = disclosure.imports.filter(undone_at=None).first()
        if run is None:
            message = f"{disclosure}没有可以撤销的导入。"
            raise CommandError(message)
        try:
            undo(run, by=workbooks.clerk_of(options, disclosure))
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已撤销：{run}")
