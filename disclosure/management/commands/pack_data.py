"""Builds the bundles of open data, so that nobody who downloads one waits for it."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.opendata import Bundle, BusyError
from disclosure.opendata.packing import PACKAGE


class Command(BaseCommand):
    """``manage.py pack_data``; safe at any time, and to run again."""

    help = "把各年度、全部年度的开放数据打成数据包；已经是现在公开的内容的不动。公开以后运行，第一个下载的人就不必等。"

    def handle(self, **_options: Any) -> None:
        """Build what is not ready, naming each with its size; end with 1 where one could not be built."""
        busy = []
        for bundle in Bundle.every():
            if bundle.is_ready():
                self.stdout.write(f"{bundle.government.code}/{bundle}：已是最新。")
                continue
            begun = time.monotonic()
            try:
                with bundle.open(PACKAGE) as file:
                    size = file.seek(0, 2) / 1_000_000
            except BusyError as error:
                busy.append(str(error))
                continue
            said = f"{size:.1f} MB，{time.monotonic() - begun:.1f}秒"
            self.stdout.write(f"{bundle.government.code}/{bundle}：{said}。")
        if busy:
            raise CommandError("\n".join(busy))
