"""A backup, read: every byte compared with its list before anything is done with it."""

import lzma
import re
import zipfile
import zlib
from pathlib import Path

import msgspec
from django.db import connection

from budgets.formats import BROKEN_ARCHIVE
from disclosure.refusal import RefusalError
from portal.keeping.manifest import DATABASES, FILES, FORMAT, NAME, Manifest, copied, known_migrations

SAFE = re.compile(r"files(?:/(?!\.{1,2}(?:/|$))[^/\\\x00-\x1f]+)+")
"""Names that stay within the folder of stored files."""
LARGEST_LIST = 512 << 20
OTHER = "请换一份备份；这份不要删除，先查明原因。什么也没有改动。"


class Archive:
    """An opened backup whose every file is what its list says."""

    def __init__(self, path: Path) -> None:
        """Check everything; raise RefusalError naming what is wrong, with nothing changed."""
        try:
            self.zip = zipfile.ZipFile(path)
            self.manifest = self._manifest()
            self._names()
            for name in self.manifest.files:
                self._check(name)
        except FileNotFoundError as error:
            message = f"没有找到备份文件{path}。"
            raise RefusalError(message) from error
        except (*BROKEN_ARCHIVE, zlib.error, lzma.LZMAError, RuntimeError) as error:  # a locked one is a RuntimeError
            message = f"备份文件{path.name}不完整、已损坏或加了密码（{error}）。{OTHER}"
            raise RefusalError(message) from error

    def _manifest(self) -> Manifest:
        try:
            info = self.zip.getinfo(NAME)
            text = self.zip.read(info) if info.file_size <= LARGEST_LIST else b""
            manifest = msgspec.json.decode(text, type=Manifest)
        except (KeyError, msgspec.DecodeError) as error:
            message = f"备份里没有可读的清单 {NAME}，不是本平台的备份，或者已损坏。{OTHER}"
            raise RefusalError(message) from error
        if manifest.format != FORMAT:
            message = f"备份的格式“{manifest.format}”本版本不认识。请用做这份备份的版本（{manifest.software}）恢复。"
            raise RefusalError(message)
        return manifest

    def _names(self) -> None:
        """Expect exactly what the list names, under names that lead nowhere else."""
        there, listed = self.zip.namelist(), {NAME, *self.manifest.files}
        if len(there) != len(set(there)) or set(there) != listed:
            strange = sorted(listed ^ set(there))[:3]
            message = f"备份里的文件与清单不一致：{'、'.join(strange) or '有重复的文件'}。{OTHER}"
            raise RefusalError(message)
        for name in self.manifest.files:
            if name != self.database and not SAFE.fullmatch(name):
                message = f"备份里有不该有的文件名：{name}。{OTHER}"
                raise RefusalError(message)

    @property
    def database(self) -> str:
        """Name the database's file."""
        return DATABASES.get(self.manifest.engine, "")

    @property
    def stored(self) -> list[str]:
        """Name the files of storage."""
        return [name for name in self.manifest.files if name.startswith(FILES)]

    def _check(self, name: str) -> None:
        with self.zip.open(name) as file:
            if copied(file) != self.manifest.files[name]:
                message = f"备份里的{name}与清单上的校验值不符，已损坏。{OTHER}"
                raise RefusalError(message)

    def extract(self, name: str, target: Path) -> None:
        """Write one file, readable by us alone, on disk when this returns."""
        target.touch(mode=0o600)
        with self.zip.open(name) as source, target.open("wb") as written:
            copied(source, written)

    def suits(self) -> None:
        """Refuse a backup of another engine, or of software that is newer than this."""
        ours = connection.vendor
        if self.manifest.engine != ours:
            message = (
                f"这份备份来自 {self.manifest.engine} 数据库，本系统用的是 {ours}。"
                "请把 DATABASE_URL 改为同一种数据库恢复，再用 manage.py move_to 搬到另一种。什么也没有改动。"
            )
            raise RefusalError(message)
        if unknown := sorted(set(self.manifest.facts.migrations) - known_migrations()):
            message = (
                f"这份备份由更新的版本（{self.manifest.software}）做成，有本版本没有的迁移 {unknown[-1]}。"
                "请先升级程序再恢复。什么也没有改动。"
            )
            raise RefusalError(message)
