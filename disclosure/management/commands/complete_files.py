"""Adds the files that editions lack: PDFs of a time without the PDF engine, formats that were not offered then."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure import workflow
from disclosure.models import Edition
from disclosure.refusal import RefusalError


class Command(BaseCommand):
    """``manage.py complete_files``; safe to run again. For many editions there is ``render_editions --missing``."""

    help = "补齐各版次缺少的文件（例如安装 PDF 引擎以前公开的、提供 Word 和 Excel 以前公开的版次）。"

    def handle(self, **_options: Any) -> None:
        """Go through the editions that have not been withdrawn."""
        reasons: dict[str, None] = {}
        for edition in Edition.objects.standing():
            try:
                added = workflow.complete_files(edition)
                sealed = workflow.complete_manifest(edition)
            except workflow.IncompleteError as error:
                self.stderr.write(f"{edition}：{error}")
                reasons[str(error)] = None
                continue
            except RefusalError as refusal:
                self.stdout.write(str(refusal))
                continue
            done = [f"已补{file.get_format_display()}" for file in added] + ["已作国密签名"] * bool(sealed)
            self.stdout.write("".join(f"{edition}：{one}\n" for one in done), ending="")
        if reasons:
            raise CommandError("\n".join(reasons))
