"""Adds the files that editions lack: PDFs of a time without the PDF engine, formats that were not offered then."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure import workflow
from disclosure.models import Edition
from disclosure.refusal import RefusalError
from disclosure.render import EngineMissingError


class Command(BaseCommand):
    """``manage.py complete_files``; safe to run again."""

    help = "补齐各版次缺少的文件（例如安装 PDF 引擎以前公开的、提供 Word 和 Excel 以前公开的版次）。"

    def handle(self, **_options: Any) -> None:
        """Go through all editions that have not been withdrawn."""
        missing: EngineMissingError | None = None
        for edition in Edition.objects.filter(withdrawal__isnull=True):
            try:
                added = workflow.complete_files(edition)
            except EngineMissingError as error:
                missing = error
                continue
            except RefusalError as refusal:
                self.stdout.write(str(refusal))
                continue
            for file in added:
                self.stdout.write(f"{edition}：已补{file.get_format_display()}")
        if missing:
            raise CommandError(str(missing)) from missing
