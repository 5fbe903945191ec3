"""Tells by its exit code whether a department has published a year."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError

from disclosure.models import Edition


class Command(BaseCommand):
    """``manage.py has_edition 130303 2022 203``: exit 0 if so, 1 if not."""

    help = "该部门这一年度是否已有公开版次（退出码 0 表示有，1 表示没有）。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the address of the document."""
        parser.add_argument("government")
        parser.add_argument("year", type=int)
        parser.add_argument("department")

    def handle(self, **options: Any) -> None:
        """Look; a database without tables has none."""
        try:
            found = Edition.objects.at(options["government"], options["year"], options["department"]).exists()
        except DatabaseError:
            found = False
        sys.exit(0 if found else 1)
