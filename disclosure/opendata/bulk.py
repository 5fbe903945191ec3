"""Bundles of files: a government's year or all its years, stored, built once for each state of what is published.

A bundle lies in a folder named after that state. Whatever is published, corrected or withdrawn makes another state, so
that no bundle is ever given out that says more or less than the portal does; a withdrawal deletes them all.
"""

import fcntl
import hashlib
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from budgets.models import Government
from disclosure.models import Edition
from disclosure.opendata.packing import FORMAT, TABLES, Packing, Scope
from disclosure.opendata.registry import everything

TRIES, PATIENCE, PAUSE = 3, 10, 0.2
"""How often something may change meanwhile; how long somebody else's building is waited for, and how often looked."""
ABANDONED = 3600
"""Seconds after which what is half written has nobody who writes it."""


class BusyError(Exception):
    """A bundle that cannot be given out just now; the message says why."""


class Bundle(Scope):
    """The files of a government's year, or with ``year`` None of all its years."""

    @classmethod
    def every(cls) -> Iterator["Bundle"]:
        """Yield the bundles that can be asked for: each year of each government, then all its years."""
        known = {one.code: one for one in Government.objects.order_by("code")}
        pairs = Edition.objects.order_by("government_code", "year").values_list("government_code", "year").distinct()
        years: dict[str, list[int]] = {}
        for code, year in pairs:
            years.setdefault(code, []).append(year)
        for code in filter(known.__contains__, years):
            yield from (cls(known[code], year) for year in (*years[code], None))

    @property
    def folder(self) -> Path:
        """Return where the states of the bundle lie."""
        return _root() / self.government.code / str(self)

    def state(self) -> str:
        """Return a hash of everything the files depend on, in one query."""
        known = everything(self.government.code, self.year).values_list("pk", "content_sha256", "withdrawal__pk")
        columns = (field.name for table in TABLES.values() for field in table.fields)
        said = [FORMAT, settings.PUBLIC_URL, *columns, *map(str, known)]
        return hashlib.sha256("\n".join(said).encode()).hexdigest()

    def is_ready(self) -> bool:
        """Tell whether the files say what is published now."""
        return (self.folder / self.state()).is_dir()

    def open(self, name: str) -> BinaryIO:
        """Open a file (one of ``packing.NAMES``), built if it is not there yet; its folder is named after its state.

        Raises BusyError where somebody else takes long to build it, or where what it says changes again and again.
        """
        for _ in range(TRIES):
            state = self.state()
            self._build(state)
            try:
                file = (self.folder / state / name).open("rb")
            except FileNotFoundError:
                continue
            if self.state() == state:
                return file
            file.close()
        message = f"{self.government}的数据正在变动，请稍后再下载。"
        raise BusyError(message)

    def _build(self, state: str) -> None:
        """Write all files beside their place and put them there at once; keep nothing that is no longer so."""
        folder = self.folder / state
        if folder.is_dir():
            return
        beside = folder.with_name(f".{secrets.token_hex(8)}")
        beside.mkdir(parents=True)
        try:
            with _alone(folder.parent / ".lock", self.government):
                if not folder.is_dir():
                    Packing(self, beside).everything()
                    beside.rename(folder)
            if self.state() != state:  # withdrawn after it was read, and before it lay where a withdrawal deletes it
                shutil.rmtree(folder, ignore_errors=True)
        except FileNotFoundError:
            pass  # a withdrawal took everything away meanwhile
        finally:
            shutil.rmtree(beside, ignore_errors=True)


@contextmanager
def _alone(lock: Path, whose: Government) -> Iterator[None]:
    """Let only one build at a time; the operating system ends the lock of one that was killed."""
    until = time.monotonic() + PATIENCE
    with lock.open("w") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                if time.monotonic() > until:
                    message = f"{whose}的数据正在打包，请稍后再下载。"
                    raise BusyError(message) from error
                time.sleep(PAUSE)
            else:
                break
        yield


def forget() -> None:
    """Delete all bundles at once: something that they hold was withdrawn."""
    gone = _root().with_name(f".bulk-{secrets.token_hex(8)}")
    try:
        _root().rename(gone)
    except FileNotFoundError:
        return
    shutil.rmtree(gone, ignore_errors=True)


def sweep(*, dry_run: bool = False) -> list[str]:
    """Delete bundles of other states, and what was left half written or half deleted; return what it is."""
    current = {str(bundle.folder / bundle.state()) for bundle in Bundle.every()}
    found = [one for one in _root().glob("*/*/*") if one.is_dir() and str(one) not in current and _is_over(one)]
    found += _root().parent.glob(".bulk-*")
    for one in () if dry_run else found:
        shutil.rmtree(one, ignore_errors=True)
    return sorted(str(one.relative_to(_root().parent)) for one in found)


def _is_over(folder: Path) -> bool:
    """Tell whether nobody can be writing into a folder: one without a dot is whole."""
    return not folder.name.startswith(".") or time.time() - folder.stat().st_mtime > ABANDONED


def _root() -> Path:
    return Path(settings.MEDIA_ROOT) / "bulk"
