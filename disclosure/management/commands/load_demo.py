"""Loads the sample department, corrected, into an empty database only."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from budgets.models import Government
from disclosure.models import Disclosure
from disclosure.sample.crew import store_crew
from disclosure.sample.facts import store_facts
from disclosure.sample.printed import Sample
from disclosure.sample.register import store_register
from disclosure.sample.words import store_words


class Command(BaseCommand):
    """``manage.py load_demo``."""

    help = "把演示部门载入空数据库（已有政府时不作改动）。演示数据，非官方公开。"

    def handle(self, **_options: Any) -> None:
        """Load all or nothing."""
        if Government.objects.exists():
            self.stdout.write("数据库里已有政府，没有载入演示部门，未作改动。")
            return
        disclosure = load(Path(settings.BASE_DIR) / "fixtures" / "demo")
        self.stdout.write(f"已载入{disclosure}（演示数据，非官方公开）。")


@transaction.atomic
def load(folder: Path) -> Disclosure:
    """Store the sample of ``folder`` and return its disclosure."""
    sample = Sample(folder)
    disclosure = store_register(folder, sample)
    department = disclosure.budget.department
    store_crew(department.government, "demo", department)
    store_facts(sample, disclosure.budget)
    store_words(sample, disclosure)
    return disclosure
