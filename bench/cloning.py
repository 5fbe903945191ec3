"""Copies of a published edition under other governments: rows as publication leaves them, made in the database itself.

Only for measuring: a copy has the edition's row, its main figures and the first of its cells, what search reads of
its first entries and grams, its glossary; no content and no files, so that nothing but lists, sums, feeds and search
ever meets it.
Every copy says the same: a word of the copied edition is in all of them, one of another edition in none.
"""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Max, Model, Q

from budgets.models import Department, FiscalYear, Government
from disclosure.freezing import HEADLINE
from disclosure.models import (
    Disclosure,
    Edition,
    EditionLine,
    LedgerEntry,
    LedgerHead,
    SearchEntry,
    SearchLeaf,
    SearchSheet,
)
from disclosure.models.search import SHELF, SPAN
from disclosure.searching.words import bucket_of, needed, squeeze, telling

DEPARTMENTS, YEARS, FIRST_CODE, FIRST_YEAR = 30, 10, 130000, 2017
OF_ONE = DEPARTMENTS * YEARS
"""How many editions a government has."""
GLOSSARY = "glossary"
CELLS, ENTRIES, LEAVES, GRAMS = 30, 12, 24, 400
AT_ONCE = OF_ONE * 10
NUMBERS = 9_000
"""How many editions one disclosure may have: their numbers have four digits."""
COUNTED = "WITH RECURSIVE n(i) AS (SELECT {first} UNION ALL SELECT i + 1 FROM n WHERE i < {last}) "
PADDED = {"sqlite": "printf('%064d', {})", "postgresql": "lpad(({})::text, 64, '0')"}
LATER = {
    "sqlite": "strftime('%Y-%m-%d %H:%M:%f', o.published_at, '+' || n.i || ' minutes')",
    "postgresql": "o.published_at + n.i * interval '1 minute'",
}
Changed = dict[str, str]


class Cloning:
    """Copies one edition as often as wanted, government after government; search finds ``words`` in every copy."""

    def __init__(self, model: Edition, words: Iterable[str] = ()) -> None:
        self.model, self.made = model, 0
        self.government = Government.objects.get(code=model.government_code)
        self.year = FiscalYear.objects.filter(government=self.government).first()
        self.department = Department.objects.filter(government=self.government).first()
        self.disclosures = list(Disclosure.objects.order_by("pk").values_list("pk", flat=True))
        self.base = Edition.objects.aggregate(last=Max("pk"))["last"]
        self.line = LedgerEntry.objects.aggregate(last=Max("number"))["last"]
        self.words = [squeeze(word) for word in words]
        self.buckets = {bucket_of(gram) for word in self.words for gram in needed(word)} | set(range(LEAVES))

    def up_to(self, editions: int) -> None:
        """Add governments until there are so many copies; the engine then counts what it has."""
        before = self.made
        while self.made < editions:
            first, self.made = self.made, min(self.made + AT_ONCE, -(-editions // OF_ONE) * OF_ONE)
            self._register(range(first // OF_ONE, self.made // OF_ONE))
            self._copied(COUNTED.format(first=first, last=self.made - 1))
        if self.made > before:
            LedgerHead.objects.update(lines=self.line + self.made)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def _register(self, governments: range) -> None:
        """Store governments with their years and departments."""
        codes = [str(FIRST_CODE + number) for number in governments]
        made = [_like(self.government, code=one, name=f"示例{one}", full_name=f"示例{one}人民政府") for one in codes]
        Government.objects.bulk_create(made)
        for owner in made:
            years = (_like(self.year, government=owner, year=FIRST_YEAR + at) for at in range(YEARS))
            FiscalYear.objects.bulk_create(years)
            named = ((f"{101 + at}", f"示例{101 + at}局") for at in range(DEPARTMENTS))
            of = {"government": owner}
            Department.objects.bulk_create(
                _like(self.department, **of, code=code, name=name, full_name=name) for code, name in named
            )

    def _copied(self, counted: str) -> None:
        """Store copies of the edition, numbered from 0, and what each of them has."""
        owner, own, vendor = f"n.i / {OF_ONE}", f"n.i + {self.base + 1}", connection.vendor
        year = f"{FIRST_YEAR} + n.i % {OF_ONE} / {DEPARTMENTS}"
        department = f"cast(101 + n.i % {DEPARTMENTS} as text)"
        name = f"'示例' || {department} || '局'"
        given = " ".join(f"WHEN {at} THEN {key}" for at, key in enumerate(self.disclosures))
        _insert(
            counted,
            Edition.objects.filter(pk=self.model.pk),
            id=own,
            disclosure_id=f"CASE n.i / {NUMBERS} {given} END",
            number=f"100 + n.i % {NUMBERS}",
            government_code=f"cast({FIRST_CODE} + {owner} as text)",
            year=year,
            department_code=department,
            department_name=name,
            title=f"{name} || cast({year} as text) || '年部门预算'",
            content_sha256=PADDED[vendor].format("n.i"),
            published_at=LATER[vendor],
        )
        of = {"edition_id": own}
        shown = list(self.model.lines.filter(table=HEADLINE).values_list("pk", flat=True))
        shown += self.model.lines.exclude(table=HEADLINE).values_list("pk", flat=True)[:CELLS]
        _insert(counted, EditionLine.objects.filter(pk__in=shown), **of)
        _insert(counted, self.model.texts.filter(section=GLOSSARY), **of)
        number = f"n.i + {self.line + 1}"
        ledger = LedgerEntry.objects.filter(edition=self.model)
        _insert(counted, ledger, **of, number=number, sha256=PADDED[vendor].format(number))
        self._searched(counted, own)

    def _searched(self, counted: str, own: str) -> None:
        """Store what search reads of the copies."""
        first = self.model.pk * SPAN
        wanted = reduce(or_, (Q(words__contains=word) for word in self.words), Q(number__lt=first + ENTRIES))
        entries = SearchEntry.objects.filter(wanted, edition=self.model)
        _insert(counted, entries, edition_id=own, number=f"({own}) * {SPAN} + o.number % {SPAN}")
        leaves = SearchLeaf.objects.filter(pk__in=[one * SHELF + self.model.pk for one in self.buckets])
        _insert(counted, leaves, edition_id=own, number=f"o.number / {SHELF} * {SHELF} + {own}")
        sheet = SearchSheet.objects.filter(edition=self.model)
        _insert(counted, sheet, edition_id=own, grams=self._grams(set(sheet.get().grams)))

    def _grams(self, known: set[int]) -> str:
        """Return the grams of a copy as a statement names them: those of the words, and the first of the others."""
        own = {gram for word in self.words for named in (False, True) for gram in telling(word, named=named)}
        kept = sorted((own & known) | set(sorted(known)[:GRAMS]))
        if connection.vendor == "postgresql":
            return f"ARRAY[{','.join(map(str, kept))}]::integer[]"
        return f"'{' '.join(map(str, kept))}'"


def _insert(counted: str, rows: Any, **changed: str) -> None:
    """Store a copy of each row for each number, in the database; what is no key and not changed stays as it is."""
    model: type[Model] = rows.model
    table, key = model._meta.db_table, model._meta.pk.column
    columns = [one.column for one in model._meta.concrete_fields if one.column != key or one.column in changed]
    named = ", ".join(f'"{one}"' for one in columns)
    chosen = ", ".join(changed.get(one, f'o."{one}"') for one in columns)
    keys = ", ".join(map(str, rows.order_by().values_list("pk", flat=True)))
    sql = f'INSERT INTO "{table}" ({named}) {counted} SELECT {chosen} FROM n, "{table}" o WHERE o."{key}" IN ({keys})'  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _like(row: Any, **changed: Any) -> Any:
    """Return a row like another one that is not stored yet."""
    kept = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}
    made = type(row)(**kept)
    for name, value in changed.items():
        setattr(made, name, value)
    return made
