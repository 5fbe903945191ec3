"""Publishes the files of disclosures that are older than the portal."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from budgets.models import Government
from disclosure.archive_list import ListError, examine, lines_of, publish_list


class Command(BaseCommand):
    """``manage.py import_archive FOLDER LIST --by USER``; exit status 1 where a line cannot be published."""

    help = "按清单发布一个文件夹里的历史公开文件；有一行不能发布就一份也不发布，并逐行列出原因。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the files, their list, and who publishes."""
        parser.add_argument("folder", type=Path, help="放着历史文件（PDF、DOCX 等）的文件夹")
        parser.add_argument("list", type=Path, help="清单（XLSX、CSV 等）：文件、部门编码、年度、标题、原公开日期等列")
        parser.add_argument("--by", required=True, help="发布人的用户名")
        parser.add_argument("--government", default="", help="区划代码；只有一个政府时可省略")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不发布")

    def handle(self, **options: Any) -> None:
        """Examine every line, then publish unless told otherwise."""
        by = get_user_model().objects.filter(is_active=True, username=options["by"]).first()
        if by is None:
            message = f"没有用户“{options['by']}”，或账号已停用。"
            raise CommandError(message)
        for path in (options["folder"], options["list"]):
            if not path.exists():
                message = f"没有{path}，请核对路径。"
                raise CommandError(message)
        try:
            ready = examine(lines_of(options["list"]), options["folder"], _government(options["government"]), by=by)
            self.stdout.write(f"清单共{len(ready)}份文件，都可以发布。")
            if not options["dry_run"]:
                done = publish_list(ready, by=by)
                self.stdout.write(f"已发布{len(done)}份历史文件。")
        except ListError as error:
            raise CommandError("\n".join([*error.problems, "一份也没有发布。"])) from error


def _government(code: str) -> Government:
    found = Government.objects.filter(code=code) if code else Government.objects.all()
    if len(found) != 1:
        names = "、".join(f"{one.code}（{one.name}）" for one in Government.objects.order_by("code"))
        message = f"请用 --government 指明一个政府（现有：{names or '无'}）。"
        raise CommandError(message)
    return found[0]
