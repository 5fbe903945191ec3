"""Takes a workbook in, or only says what it would change."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.intake.failures import FAILURES, sentences_of
from disclosure.intake.marked import mark
from disclosure.intake.outcome import Outcome, Ticks
from disclosure.intake.progress import told_to
from disclosure.intake.run import Upload, commit, preview
from disclosure.management import workbooks


class Command(BaseCommand):
    """``manage.py import_workbook 203 2022 FILE [--dry-run]``; exit status 1 where anything is wrong."""

    help = "导入一个部门（或单位）的填报表；有一处问题就什么也不导入，并列出全部问题。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the disclosure, the file, and what is agreed to."""
        workbooks.add_arguments(parser)
        parser.add_argument("file", type=Path, help="填报表（XLSX、XLS、CSV 等），或以前公开的文件（DOCX、TXT）")
        parser.add_argument("--dry-run", action="store_true", help="只预览，不导入")
        parser.add_argument("--remove", action="store_true", help="确认删除文件里没有写的行")
        parser.add_argument("--marked", type=Path, help="有问题时，把标出问题的文件另存为这个 XLSX")
        parser.add_argument("--skip-unknown", action="store_true", help="确认不导入未识别的工作表和列")
        parser.add_argument("--confirm-read", action="store_true", help="确认已核对从文件中读出的待确认内容")

    def handle(self, **options: Any) -> None:
        """Preview, and store unless told otherwise."""
        disclosure = workbooks.disclosure_of(options)
        by = workbooks.clerk_of(options, disclosure)
        ticks = Ticks(options["remove"], options["skip_unknown"], options["confirm_read"])
        upload = _read(options["file"])
        try:
            with told_to(lambda step: self.stderr.write(str(step))):
                outcome = preview(disclosure, upload, by=by)
            self._print(outcome)
            if outcome.problems:
                self._refuse(upload, outcome, options["marked"])
            if not options["dry_run"]:
                run = commit(disclosure, upload, by=by, ticks=ticks, seen=outcome.digest).run
                self.stdout.write(f"已导入：{run}")
        except FAILURES as error:
            raise CommandError("\n".join(sentences_of(error))) from error

    def _refuse(self, upload: Upload, outcome: Outcome, marked: Path | None) -> None:
        """Stop with every problem; give the file back with the places marked."""
        if marked:
            marked.write_bytes(mark(upload, outcome.problems))
            self.stdout.write(f"标出问题的文件：{marked}")
        raise CommandError("\n".join(map(str, outcome.problems)))

    def _print(self, outcome: Outcome) -> None:
        for sheet in outcome.sheets:
            counts = (sheet.read, sheet.used, sheet.refused, len(sheet.added), len(sheet.changed), len(sheet.removed))
            words = "{}：读{}行，用{}行，拒绝{}行；新增{}、修改{}、删除{}、不变{}。"
            self.stdout.write(words.format(sheet.title, *counts, sheet.same))
            for total in sheet.totals:
                self.stdout.write(f"  {total.header} 合计：文件{total.file}，保存后{total.stored}")
            for aside in sheet.aside:
                self.stdout.write(f"  {aside.place} 不导入：{aside.reason}")
            for change in (*sheet.changed, *sheet.removed):
                said = "；".join(f"{cell.header} {cell.old or '空'} → {cell.new or '空'}" for cell in change.cells)
                self.stdout.write(f"  {change.sort} {change.place} {change.title} {said}")
        doubts = [f"请核对　{notice}" for notice in outcome.notices]
        doubts += [f"未识别　{stranger}" for stranger in outcome.strangers]
        for line in doubts:
            self.stdout.write(line)


def _read(path: Path) -> Upload:
    try:
        return Upload(path.name, path.read_bytes())
    except OSError as error:
        message = f"不能读取文件{path}。"
        raise CommandError(message) from error
