"""Writes everything into one archive: the database, the stored files, and a list of both with their hashes.

Why database and files belong together although the site goes on meanwhile: a file is stored before the row that names
it and never changed afterwards, so that whatever the database names at the moment of its snapshot lies in storage
then. The files are copied after the snapshot; those that came later are named by nobody, and do no harm. A file only
goes away when an edition is withdrawn or a sweep takes what nobody names: where one that was there before the snapshot
is gone when it is to be copied, the backup begins anew. SECRET_KEY and .env are not in it: who finds a backup shall not
be able to sign in or to sign with the office's key (docs/operations.md says where to keep them).
"""

import os
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from errno import EDQUOT, ENOSPC
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
from django.utils import timezone

from budgets import storing
from disclosure.refusal import RefusalError
from portal.keeping import snapshots
from portal.keeping.manifest import FILES, FORMAT, NAME, Manifest, copied, software
from portal.keeping.marker import remember

ATTEMPTS = 3
DERIVED = ("bulk",)
"""Folders of storage that are made anew when asked for."""
UNFINISHED = re.compile(r"\.[0-9a-f]{16}(?:_\w+)?$")
"""How a file's name ends while it is being written."""
FULL = "磁盘已满，没有写成备份，原来的备份都在。请清理磁盘，或换一个位置再备份。"


class _MovedError(Exception):
    """A file went away while the backup was made."""


def back_up(target: Path) -> Manifest:
    """Write a backup and return its list; raise RefusalError where it cannot be, and then leave nothing behind."""
    if target.exists() or not target.parent.is_dir():
        said = "已经存在，不覆盖已有的备份" if target.exists() else "所在的文件夹不存在"
        message = f"{target}{said}。请换一个文件名，例如 backup-{timezone.localdate():%Y%m%d}.zip。"
        raise RefusalError(message)
    for _ in range(ATTEMPTS):
        try:
            with tempfile.TemporaryDirectory(prefix=".backup-", dir=target.parent) as folder:
                manifest = _written(Path(folder), target)
        except _MovedError:
            continue
        except OSError as error:
            raise RefusalError(FULL if error.errno in {ENOSPC, EDQUOT} else f"没有写成备份：{error}。") from error
        remember(manifest)
        return manifest
    raise RefusalError("备份期间一直有文件被删除（撤下、清理），没有写成备份。请稍后再备份。")


def _written(folder: Path, target: Path) -> Manifest:
    before = set(stored())
    database, facts = snapshots.take(folder)
    archive = folder / "archive.zip"
    archive.touch(mode=0o600)
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as written:
        files = {database.name: _add(written, database.name, partial(database.open, "rb"))}
        for name in sorted(before | set(stored())):
            files[FILES + name] = _add(written, FILES + name, partial(storing.opened, name))
        made_at = timezone.localtime().isoformat(timespec="seconds")
        engine = snapshots.connection.vendor
        manifest = Manifest(FORMAT, made_at, software(), engine, facts, files)
        written.writestr(zipfile.ZipInfo(NAME), msgspec.json.format(msgspec.json.encode(manifest)))
    _put(archive, target)
    return manifest


def stored() -> Iterator[str]:
    """Name every file in storage that is whole and that nothing else could bring back."""
    return (name for name in storing.names(without=DERIVED) if not UNFINISHED.search(name))


def _add(archive: zipfile.ZipFile, name: str, opened: Callable[[], Any]) -> tuple[int, str]:
    info = zipfile.ZipInfo(name)
    packed = Path(name).suffix in {".pgdump", ".zip", ".docx", ".xlsx", ".pdf", ".png"}
    info.compress_type, info.external_attr = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED, 0o600 << 16
    try:
        with opened() as source, archive.open(info, "w", force_zip64=True) as target:
            return copied(source, target)
    except FileNotFoundError as error:
        raise _MovedError from error


def _put(archive: Path, target: Path) -> None:
    """Give the finished archive its name, on disk before it has it, and never over another."""
    with archive.open("rb") as file:
        os.fsync(file.fileno())
    try:
        os.link(archive, target)
    except FileExistsError as error:
        message = f"{target}已经存在，不覆盖已有的备份。"
        raise RefusalError(message) from error
    except OSError:  # a file system without hard links
        archive.rename(target)
    handle = os.open(target.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
