"""Fills the search index for editions that are not in it, and takes out what should not be found any more."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from disclosure import searching
from disclosure.content import parse
from disclosure.models import Disclosure, Edition, SearchEntry


class Command(BaseCommand):
    """``manage.py rebuild_search``; safe to run again, silent where nothing is missing."""

    help = "补齐搜索索引（以前的程序公开的版次）；--all 全部重新建立。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take ``--all``."""
        parser.add_argument("--all", action="store_true", help="清空后全部重新建立")

    def handle(self, **options: Any) -> None:
        """Go through the editions one by one; each is done or not done as a whole."""
        if options["all"]:
            for key in set(SearchEntry.objects.values_list("edition", flat=True).distinct()):
                searching.remove(Edition.objects.get(pk=key))
        wrong, lacking = searching.outdated()
        for edition in wrong:
            searching.remove(edition)
            self.stdout.write(f"{edition}：不再公开，已从搜索中去掉")
        for edition in lacking:
            if self._added(edition):
                self.stdout.write(f"{edition}：已可以搜索")

    @transaction.atomic
    def _added(self, edition: Edition) -> bool:
        """Add an edition, unless it was corrected or withdrawn meanwhile."""
        Disclosure.objects.select_for_update().get(pk=edition.disclosure_id)
        fresh = Edition.objects.current().filter(pk=edition.pk, withdrawal=None).first()
        if fresh is None:
            return False
        searching.add(fresh, parse(fresh.content.text))
        return True
