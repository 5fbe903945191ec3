"""Loads classification lists and indicator trees; safe to run again."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from budgets.codes import load_codes
from performance.frameworks import load_frameworks


class Command(BaseCommand):
    """``manage.py load_codes``."""

    help = "载入科目目录和绩效指标体系（可重复执行）。"

    def handle(self, **_options: Any) -> None:
        """Load and say how much."""
        folder = Path(settings.BASE_DIR) / "fixtures" / "codes"
        for name, count in load_codes(folder).items():
            self.stdout.write(f"{name}：{count}条")
        self.stdout.write(f"绩效指标类别：{load_frameworks(folder / 'indicator_frameworks.csv')}条")
