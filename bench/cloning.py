"""Copies of published editions under other governments: rows as publication leaves them, made without publishing.

Only for measuring: a copy has the edition's row, its main figures and the first of its cells, and what search reads of
its first entries; no content and no files, so that nothing but lists, sums, feeds and search ever meets it.
"""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db import connection

from budgets.models import Department, FiscalYear, Government
from disclosure.freezing import HEADLINE
from disclosure.models import Edition, EditionLine, LedgerEntry, SearchEntry, SearchLeaf, SearchSheet
from disclosure.models.search import SHELF, SPAN

DEPARTMENTS, YEARS, FIRST_CODE = 30, 10, 130000
OF_ONE = DEPARTMENTS * YEARS
"""How many editions a government has."""
CELLS, ENTRIES, LEAVES = 30, 12, 40
BATCH = 300


class Cloning:
    """Copies one edition as often as wanted, government after government."""

    def __init__(self, model: Edition) -> None:
        self.model, self.made = model, 0
        self.government = Government.objects.get(code=model.government_code)
        self.year = FiscalYear.objects.filter(government=self.government).first()
        self.department = Department.objects.filter(government=self.government).first()
        headline = model.lines.filter(table=HEADLINE)
        self.lines = [*headline, *model.lines.exclude(table=HEADLINE)[:CELLS]]
        self.sheet = SearchSheet.objects.get(edition=model)
        self.entries = list(SearchEntry.objects.filter(edition=model)[:ENTRIES])
        self.leaves = list(SearchLeaf.objects.filter(edition=model)[:LEAVES])

    def up_to(self, editions: int) -> None:
        """Add governments until there are so many copies; the engine then counts what it has."""
        while self.made < editions:
            self._a_government()
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _a_government(self) -> None:
        code = str(FIRST_CODE + self.made // OF_ONE)
        names = {"code": code, "name": f"示例{code}", "full_name": f"示例{code}人民政府"}
        government = _copy(self.government, **names)
        government.save()
        years = [_copy(self.year, government=government, year=2017 + at) for at in range(YEARS)]
        FiscalYear.objects.bulk_create(years)
        named = [f"{101 + at}" for at in range(DEPARTMENTS)]
        Department.objects.bulk_create(
            _copy(self.department, government=government, code=one, name=f"示例{one}局", full_name=f"示例{one}局")
            for one in named
        )
        wanted = ((code, year.year, department) for year in years for department in named)
        made = Edition.objects.bulk_create(map(self._edition, wanted), batch_size=BATCH)
        self._rows(made)

    def _edition(self, whose: tuple[str, int, str]) -> Edition:
        self.made += 1
        code, year, department = whose
        return _copy(
            self.model,
            number=self.made + 100,
            government_code=code,
            year=year,
            department_code=department,
            department_name=f"示例{department}局",
            title=f"示例{department}局{year}年部门预算",
            content_sha256=hashlib.sha256(str(self.made).encode()).hexdigest(),
            published_at=self.model.published_at + timedelta(minutes=self.made),
        )

    def _rows(self, editions: list[Edition]) -> None:
        """Store what the editions have besides, a batch of them at a time."""
        last = LedgerEntry.objects.order_by("-number").values_list("number", flat=True).first() or 0
        ledger = [self._ledger(last + at, one) for at, one in enumerate(editions, 1)]
        LedgerEntry.objects.bulk_create(ledger, batch_size=BATCH)
        rest = iter(editions)
        while batch := list(islice(rest, BATCH)):
            for model, rows in ((EditionLine, self.lines), (SearchEntry, self.entries), (SearchLeaf, self.leaves)):
                model.objects.bulk_create(_of(batch, rows), batch_size=BATCH)
            SearchSheet.objects.bulk_create(_copy(self.sheet, edition=one) for one in batch)

    def _ledger(self, number: int, edition: Edition) -> LedgerEntry:
        model = LedgerEntry.objects.filter(edition=self.model).first()
        return _copy(model, number=number, edition=edition, sha256=hashlib.sha256(str(number).encode()).hexdigest())


def _of(editions: list[Edition], rows: list[Any]) -> Iterator[Any]:
    """Yield the rows for each edition, numbered as search numbers them where it does."""
    for edition in editions:
        for at, row in enumerate(rows):
            if isinstance(row, SearchEntry):
                yield _copy(row, edition=edition, number=edition.pk * SPAN + at)
            elif isinstance(row, SearchLeaf):
                yield _copy(row, edition=edition, number=row.number // SHELF * SHELF + edition.pk)
            else:
                yield _copy(row, edition=edition)


def _copy(row: Any, **changed: Any) -> Any:
    """Return a row like another one that is not stored yet."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = type(row)(**kept)
    for name, value in changed.items():
        setattr(made, name, value)
    return made
