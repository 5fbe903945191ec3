"""Tells by its exit code whether the demo department needs nothing more."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from budgets.models import Department, Government
from disclosure.models import Edition


class Command(BaseCommand):
    """``manage.py demo_ready``: exit 0 if it is published, or if this database is a real one; else 1."""

    help = "演示部门是否已经公开（退出码 0：已公开，或这是没有演示部门的正式数据库；1：还要准备）。"
    requires_system_checks = ()

    def handle(self, **_options: Any) -> None:
        """Look; a database without tables is not ready."""
        try:
            demo = Department.objects.filter(government__code="130303", code="203")
            real = Government.objects.exists() and not demo.exists()
            ready = real or Edition.objects.at("130303", 2022, "203").exists()
        except DatabaseError:
            ready = False
        sys.exit(0 if ready else 1)
