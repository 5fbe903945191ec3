"""Writes the whole public site as files."""

import re
import time
from argparse import ArgumentParser
from datetime import datetime
from datetime import time as hour
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_date

from portal.exporting import Export
from portal.exporting.settled import since
from portal.exporting.site import ExportError


class Command(BaseCommand):
    """``manage.py export_site DIR [--prefix /x/] [--since DAY]``."""

    help = "把整个公开网站写成文件，放到任何网站的文件夹里就能看。再次运行只写有变化的，撤下的内容随之删除。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to, and under which prefix."""
        parser.add_argument("folder", type=Path, help="放导出文件的文件夹")
        parser.add_argument("--prefix", help="网站上的路径前缀，如 /yusuan/；不写则用相对链接，放在哪里都可以")
        parser.add_argument("--since", help="日期，如2026-11-01：这一天之前公开、之后没有变化的版次不重新生成")

    def handle(self, **options: Any) -> None:
        """Write, and say what was done."""
        prefix = options["prefix"]
        if prefix is not None and not re.fullmatch(r"/(?:[0-9A-Za-z_.-]+/)*", prefix):
            message = f"前缀“{prefix}”应以 / 开头和结尾，如 /yusuan/。"
            raise CommandError(message)
        began = time.monotonic()
        try:
            report = Export(options["folder"], prefix, _settled(options["since"])).run()
        except ExportError as error:
            raise CommandError(str(error)) from error
        count, size = len(report.written) + len(report.same), report.size / 1_000_000
        self.stdout.write(f"共{count}个文件，{size:.1f} MB，用时{time.monotonic() - began:.1f}秒。")
        changed = (len(report.written), len(report.same), len(report.removed))
        self.stdout.write("写入{}个，没有变化{}个，删除{}个。".format(*changed))


def _settled(day: str | None) -> Any:
    if day is None:
        return None
    try:
        found = parse_date(day)
    except ValueError:
        found = None
    if found is None:
        message = f"日期“{day}”应写成2026-11-01的样子。"
        raise CommandError(message)
    return since(timezone.make_aware(datetime.combine(found, hour.min)))
