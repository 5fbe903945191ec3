"""Writes the files of a bundle into a folder: tables, their description, their list, and the archive of them all."""

import csv
import hashlib
import json
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.urls import reverse

from budgets.models import Government
from budgets.money import MoneyUnit, shown
from disclosure.models import Edition
from disclosure.opendata.citing import DATA, cited
from disclosure.opendata.fields import Value
from disclosure.opendata.keys import address_of, key_of, public
from disclosure.opendata.package import About, Stored, descriptor
from disclosure.opendata.registry import EDITIONS, everything, standing
from disclosure.opendata.resources import RESOURCES, Resource
from disclosure.render.archives import EPOCH
from disclosure.render.csv import harmless

FORMAT = "budget-open-data/1"
PACKAGE, DESCRIPTOR, MANIFEST = "package.zip", "datapackage.json", "manifest.json"
TABLES = {one.name: one for one in (EDITIONS, *RESOURCES.values())}
NAMES = (PACKAGE, DESCRIPTOR, MANIFEST, *(f"{name}.csv" for name in TABLES))
"""The files of every bundle."""
AT_ONCE = 200
"""How many editions a statement reads: an engine takes only so many values in one."""


class Scope(NamedTuple):
    """What a bundle is of: a government's year, or with ``year`` None all its years."""

    government: Government
    year: int | None = None

    def __str__(self) -> str:
        return str(self.year) if self.year else "all"


class Packing(NamedTuple):
    """A bundle being written into a folder."""

    scope: Scope
    folder: Path

    def everything(self) -> None:
        """Write all files."""
        of = (self.scope.government.code, self.scope.year)
        editions, current = list(everything(*of)), sorted(standing(*of), key=lambda one: one.pk)
        stored = [(table, self._table(table, editions if table is EDITIONS else current)) for table in TABLES.values()]
        described = self._json(DESCRIPTOR, descriptor(self._about(editions), stored))
        files = [described, *(file for _, file in stored)]
        self._json(MANIFEST, self._manifest(editions, files))
        with zipfile.ZipFile(self.folder / PACKAGE, "w", zipfile.ZIP_DEFLATED) as archive:
            for name in NAMES[1:]:
                member = zipfile.ZipInfo(name, EPOCH)
                member.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(member, "w", force_zip64=True) as target, (self.folder / name).open("rb") as source:
                    shutil.copyfileobj(source, target)

    def _table(self, table: Resource, editions: list[Edition]) -> Stored:
        name = f"{table.name}.csv"
        with (self.folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file, lineterminator="\r\n")
            lines.writerow(field.name for field in table.fields)
            for first in range(0, len(editions), AT_ONCE):
                lines.writerows(_plain(table.rows(editions[first : first + AT_ONCE])))
        return self._stored(name)

    def _json(self, name: str, said: dict[str, Any]) -> Stored:
        text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=name == MANIFEST)
        (self.folder / name).write_text(text, encoding="utf-8")
        return self._stored(name)

    def _stored(self, name: str) -> Stored:
        path = self.folder / name
        with path.open("rb") as file:
            return Stored(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())

    def _about(self, editions: list[Edition]) -> About:
        government, year = self.scope
        years = sorted({edition.year for edition in editions} | ({year} if year else set()))
        moments = [edition.published_at for edition in editions]
        moments += [edition.withdrawal.withdrawn_at for edition in editions if hasattr(edition, "withdrawal")]
        title, homepage = (
            f"{government.full_name}{f'{year}年' if year else ''}部门预算公开数据",
            public(reverse("data")),
        )
        return About(
            f"budget-{government.code}-{self.scope}",
            title,
            government.full_name,
            (years[0], years[-1]),
            max(moments).isoformat(timespec="seconds"),
            homepage,
            cited(government.full_name, f"{title}{DATA}", max(moments), homepage),
        )

    def _manifest(self, editions: list[Edition], files: list[Stored]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "government": self.scope.government.code,
            "scope": str(self.scope),
            "editions": [
                {"edition": key_of(one), "content_sha256": one.content_sha256, "url": address_of(one)}
                for one in editions
            ],
            "files": [{"path": file.path, "bytes": file.size, "sha256": file.sha256} for file in files],
        }


def _plain(rows: Iterable[tuple[Value, ...]]) -> Iterator[list[str]]:
    for row in rows:
        yield [_cell(value) for value in row]


def _cell(value: Value) -> str:
    """Write a value: amounts with two places, true or false, words so that no spreadsheet reckons with them."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return shown(value, MoneyUnit.YUAN)
    return "" if value is None else harmless(value) if isinstance(value, str) else str(value)
