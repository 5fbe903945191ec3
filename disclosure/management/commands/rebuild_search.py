"""Fills the search index for editions that are not in it, and takes out what should not be found any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from disclosure import searching
from disclosure.models import Edition, SearchSheet
from disclosure.searching.completing import complete


class Command(BaseCommand):
    """``manage.py rebuild_search``; safe to run again, silent where nothing is missing."""

    help = "补齐搜索索引（以前的程序公开的版次）；--all 全部重新建立。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--all``."""
        parser.add_argument("--all", action="store_true", help="清空后全部重新建立")

    def handle(self, **options: Any) -> None:
        """Go through the editions one by one; each is done or not done as a whole."""
        if options["all"]:
            for key in list(SearchSheet.objects.values_list("edition", flat=True)):
                searching.remove(Edition.objects.get(pk=key))
        complete(self.stdout.write)
