"""A ZIP that comes out the same, byte for byte, from the same parts, and lists what it holds by size and hash."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import PurePath
from typing import IO, Any

from django.utils import timezone

from budgets.formats import harmless
from disclosure.filetypes import plain_name
from disclosure.models import FileDamagedError

LIST = "清单.csv"
WHOLE, LOST = "完好", "缺失，或与登记的校验值不一致，没有收入"
DENSE = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".docx", ".xlsx", ".ofd", ".ods", ".zip"})
"""Files that are compressed already."""
LONGEST = 60
"""How many letters of a name are kept: in UTF-8 they fit into what file systems take (255 bytes)."""


class Archive:
    """An archive being written to ``file``, every member dated ``at``; only one member is in memory at a time."""

    def __init__(self, file: IO[bytes], at: datetime) -> None:
        self.zip = zipfile.ZipFile(file, "w")
        self.at = timezone.localtime(at).timetuple()[:6]
        self.listed: list[tuple[str, int, str, str]] = []

    def add(self, name: str, data: bytes) -> None:
        """Add a file."""
        self._write(name, data)
        self.listed.append((name, len(data), hashlib.sha256(data).hexdigest(), WHOLE))

    def add_text(self, name: str, text: str) -> None:
        """Add a text that every editor opens right."""
        self.add(name, text.replace("\n", "\r\n").encode("utf-8-sig"))

    def add_rows(self, name: str, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Add a CSV in which nothing is taken for a formula."""
        self.add(name, _csv(header, rows))

    def add_stored(self, name: str, read: Callable[[], bytes], row: Any) -> None:
        """Add a stored file as it was kept; one that is missing or altered is listed as such, with what it was."""
        try:
            self.add(name, read())
        except FileDamagedError:
            self.listed.append((name, row.size, row.sha256, LOST))

    def close(self) -> int:
        """Add the list of everything and finish; return how many stored files could not be had."""
        header = ("文件", "字节数", "校验值（SHA-256）", "情况")
        self._write(LIST, _csv(header, self.listed))
        self.zip.close()
        return sum(one[3] == LOST for one in self.listed)

    def _write(self, name: str, data: bytes) -> None:
        info = zipfile.ZipInfo(name, self.at)
        info.create_system, info.external_attr = 3, 0o644 << 16
        dense = PurePath(name).suffix.lower() in DENSE
        self.zip.writestr(info, data, zipfile.ZIP_STORED if dense else zipfile.ZIP_DEFLATED, 6)


def numbered(number: int, name: str) -> str:
    """Name a file somebody brought: a number, then the end of its own name, safe on every system."""
    return f"{number:02}-{plain_name(name)[-LONGEST:].strip(' .') or '文件'}"


def _csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *([harmless(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")
