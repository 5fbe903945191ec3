"""Adds the files that editions lack, such as PDFs of a time when the PDF engine was not installed."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure import workflow
from disclosure.models import Edition
from disclosure.refusal import RefusalError
from disclosure.render import EngineMissingError


class Command(BaseCommand):
    """``manage.py complete_files``; safe to run again."""

    help = "补齐各版次缺少的文件（例如安装 PDF 引擎以前公开的版次）。"

    def handle(self, **_options: Any) -> None:
        """Go through all editions that have not been withdrawn."""
        for edition in Edition.objects.filter(withdrawal__isnull=True):
            try:
                added = workflow.complete_files(edition)
            except EngineMissingError as error:
                raise CommandError(str(error)) from error
            except RefusalError as refusal:
                self.stdout.write(str(refusal))
                continue
            for file in added:
                self.stdout.write(f"{edition}：已补{file.get_format_display()}")
