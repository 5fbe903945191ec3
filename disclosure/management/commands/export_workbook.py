"""Writes the workbook that a clerk fills in."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.intake.template import export
from disclosure.management import workbooks


class Command(BaseCommand):
    """``manage.py export_workbook 203 2022 FILE``."""

    help = "导出一个部门（或单位）的填报表（XLSX），带出已填的数据，没有填的带出上年的。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the disclosure and the file."""
        workbooks.add_arguments(parser)
        parser.add_argument("file", type=Path, help="要写的 XLSX 文件")

    def handle(self, **options: Any) -> None:
        """Write it."""
        disclosure = workbooks.disclosure_of(options)
        data = export(disclosure, by=workbooks.clerk_of(options, disclosure))
        try:
            options["file"].write_bytes(data)
        except OSError as error:
            message = f"不能写文件{options['file']}。"
            raise CommandError(message) from error
        self.stdout.write(f"已导出{disclosure}的填报表：{options['file']}")
