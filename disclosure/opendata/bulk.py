"""Bundles of files: a government's year, or all its years, built once for each state of what is published.

A bundle lies in a folder named after that state. Whatever is published, corrected or withdrawn makes another state, so
that no bundle is ever given out that says more or less than the portal does; a withdrawal deletes them all.
"""

import csv
import hashlib
import json
import secrets
import shutil
import zipfile
from collections.abc import Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse

from budgets.models import Government
from budgets.money import MoneyUnit, shown
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
TRIES = 3


class Bundle(NamedTuple):
    """The files of a government's year, or with ``year`` None of all its years."""

    government: Government
    year: int | None = None

    @property
    def scope(self) -> str:
        """Name the bundle in addresses."""
        return str(self.year) if self.year else "all"

    def state(self) -> str:
        """Return a hash of everything the files depend on, in one query."""
        known = everything(self.government.code, self.year).values_list("pk", "content_sha256", "withdrawal__pk")
        columns = (field.name for table in TABLES.values() for field in table.fields)
        said = [FORMAT, settings.PUBLIC_URL, *columns, *map(str, known)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def file(self, name: str) -> Path:
        """Return where a file (one of :data:`NAMES`) lies, built if it is not there yet.

        Raises RuntimeError where something is published or withdrawn again and again meanwhile.
        """
        for _ in range(TRIES):
            state = self.state()
            folder = self._folder() / state
            if not folder.exists():
                self._build(folder)
            if self.state() == state and (folder / name).exists():
                return folder / name
        message = f"{self.government}的数据正在变动，请稍后再下载。"
        raise RuntimeError(message)

    def _folder(self) -> Path:
        return _root() / self.government.code / self.scope

    def _build(self, folder: Path) -> None:
        """Write all files beside the place and put them there at once; those of other states go."""
        beside = folder.with_name(f".{secrets.token_hex(8)}")
        beside.mkdir(parents=True)
        try:
            _Writing(self, beside).everything()
            for other in folder.parent.iterdir():
                if other != beside and not other.name.startswith("."):
                    shutil.rmtree(other, ignore_errors=True)
            beside.rename(folder)
        except FileExistsError:
            pass
        finally:
            shutil.rmtree(beside, ignore_errors=True)


class _Writing(NamedTuple):
    """A bundle being written into a folder."""

    bundle: Bundle
    folder: Path

    def everything(self) -> None:
        """Write the tables, their description, their list, and the archive of all of them."""
        editions = list(everything(self.bundle.government.code, self.bundle.year))
        current = list(standing(self.bundle.government.code, self.bundle.year))
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

    def _table(self, table: Resource, editions: list[Any]) -> Stored:
        name = f"{table.name}.csv"
        with (self.folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            lines = csv.writer(file, lineterminator="\r\n")
            lines.writerow(field.name for field in table.fields)
            lines.writerows(_plain(table.rows(editions)))
        return self._stored(name)

    def _json(self, name: str, said: dict[str, Any]) -> Stored:
        text = json.dumps(said, ensure_ascii=False, indent=1, sort_keys=name == MANIFEST)
        (self.folder / name).write_text(text, encoding="utf-8")
        return self._stored(name)

    def _stored(self, name: str) -> Stored:
        path = self.folder / name
        with path.open("rb") as file:
            return Stored(name, path.stat().st_size, hashlib.file_digest(file, "sha256").hexdigest())

    def _about(self, editions: list[Any]) -> About:
        government, year = self.bundle.government, self.bundle.year
        years = sorted({edition.year for edition in editions} | ({year} if year else set()))
        moments = [edition.published_at for edition in editions]
        moments += [edition.withdrawal.withdrawn_at for edition in editions if hasattr(edition, "withdrawal")]
        title, homepage = (
            f"{government.full_name}{f'{year}年' if year else ''}部门预算公开数据",
            public(reverse("data")),
        )
        return About(
            f"budget-{government.code}-{self.bundle.scope}",
            title,
            government.full_name,
            (years[0], years[-1]),
            max(moments).isoformat(timespec="seconds"),
            homepage,
            cited(government.full_name, f"{title}{DATA}", max(moments), homepage),
        )

    def _manifest(self, editions: list[Any], files: list[Stored]) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "government": self.bundle.government.code,
            "scope": self.bundle.scope,
            "editions": [
                {"edition": key_of(one), "content_sha256": one.content_sha256, "url": address_of(one)}
                for one in editions
            ],
            "files": [{"path": file.path, "bytes": file.size, "sha256": file.sha256} for file in files],
        }


def forget() -> None:
    """Delete all bundles: something that they hold was withdrawn."""
    shutil.rmtree(_root(), ignore_errors=True)


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "bulk"


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
