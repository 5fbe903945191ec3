"""Backs everything up into one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.refusal import RefusalError
from portal.keeping import back_up


class Command(BaseCommand):
    """``manage.py backup FILE``; the site stays in use meanwhile."""

    help = (
        "把数据库和存放的文件备份成一个文件（附清单和校验值），网站照常使用。不覆盖已有的文件。"
        "SECRET_KEY 和 .env 不在备份里，请另行保管。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take where to."""
        parser.add_argument("file", type=Path, help="备份文件，例如 /backup/budget-20260301.zip")

    def handle(self, *, file: Path, **_options: Any) -> None:
        """Write, and say what is in it."""
        try:
            manifest = back_up(file)
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        facts = manifest.facts
        size = f"{file.stat().st_size / 1_000_000:.1f} MB"
        self.stdout.write(f"已备份到 {file}（{size}）：{sum(facts.rows.values())}行，{len(manifest.files) - 1}个文件。")
        self.stdout.write(f"公开版次{facts.editions}个；审计轨迹{facts.trail[0]}条，末条校验值 {facts.trail[1]}。")
        self.stdout.write("备份里有账号和没有公开的草稿，请按内部资料保管；密钥（SECRET_KEY、.env）不在其中。")
