"""Loads the sample department, corrected; does nothing where it is there already."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from disclosure.models import Disclosure
from disclosure.sample.facts import store_facts
from disclosure.sample.printed import Sample
from disclosure.sample.register import store_publisher, store_register
from disclosure.sample.words import store_words


class Command(BaseCommand):
    """``manage.py load_demo``."""

    help = "载入演示部门（已存在时不作改动）。演示数据，非官方公开。"

    def handle(self, **_options: Any) -> None:
        """Load all or nothing."""
        if Disclosure.objects.filter(budget__fiscal_year__government__code="130303").exists():
            self.stdout.write("演示部门已经存在，未作改动。")
            return
        disclosure = load(Path(settings.BASE_DIR) / "fixtures" / "demo")
        self.stdout.write(f"已载入{disclosure}（演示数据，非官方公开）。")


@transaction.atomic
def load(folder: Path) -> Disclosure:
    """Store the sample of ``folder`` and return its disclosure."""
    sample = Sample(folder)
    disclosure = store_register(folder, sample)
    store_publisher(disclosure.budget.fiscal_year.government)
    store_facts(sample, disclosure.budget)
    store_words(sample, disclosure)
    return disclosure
