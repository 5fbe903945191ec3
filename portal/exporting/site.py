"""Walks the site from its home page, link by link, and writes every page and file down."""

import hashlib
import secrets
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from portal.exporting import assets, manifest
from portal.exporting.lasting import contents, edition_of, program
from portal.exporting.links import found_in, led
from portal.exporting.manifest import Kept
from portal.exporting.places import file_of, link_to, unanswered
from portal.exporting.settled import maps, unlinked
from portal.logs import MARK

KEPT = (200, 404, 410)
"""Answers that have a page worth keeping: a gap says why it is one, a withdrawal when and why."""
ALWAYS = ("contents", "search_index", "data", "transparency", "feed", "sitemap", "robots", "glossary", "rules")


class ExportError(Exception):
    """Something on the site cannot be written down; the message says what."""


class Report(NamedTuple):
    """What an export did, by file, and how many bytes the site has."""

    written: list[str]
    same: list[str]
    removed: list[str]
    size: int


class Export:
    """The site in a folder: links are relative, or begin with ``prefix`` (such as ``/yusuan/``).

    ``settled`` tells of an address that it says what it said at the last export: then its file stays as it lies, where
    the program that wrote it was this one, for the same public address.
    """

    def __init__(self, folder: Path, prefix: str | None = None, settled: Callable[[str], bool] | None = None) -> None:
        self.folder, self.prefix = folder, prefix
        self.settled = settled or (lambda _address: False)
        self.root = reverse("home")
        self.before = self._before()
        self.program, self.contents = program(), contents()
        self.files: dict[str, str] = {}
        self.links: dict[str, list[str]] = {}
        self.report = Report([], [], [], 0)

    def run(self) -> Report:
        """Write what is new or has changed, and take away what is no longer there; the list of files comes last."""
        client = Client(raise_request_exception=True, SERVER_NAME=_host(), **{MARK: "yes"})
        queue, seen = deque([self.root, *(reverse(name) for name in ALWAYS), *maps(), *unlinked()]), set()
        size = 0
        while queue:
            address = queue.popleft()
            target = file_of(self._below(address))
            if target is not None and target not in seen:
                seen.add(target)
                address = address.removesuffix(unanswered(address))
                size += self._take(client, address, target)
                queue += self.links.get(target, [])
        self._remove()
        kept = Kept(self.prefix, self.files, self.links, self.program, self.contents)
        self._put(manifest.NAME, manifest.written(kept))
        return self.report._replace(size=size)

    def _take(self, client: Client, address: str, target: str) -> int:
        """Write down what an address answers; return how many bytes that is."""
        if self._stays(address, target):
            return (self.folder / target).stat().st_size
        if assets.is_asset(address):
            data = assets.read(address)
            if data is None:
                message = f"静态文件{address}不存在。请先运行 manage.py collectstatic，再导出。"
                raise ExportError(message)
            self.links[target] = assets.drawn_in(address, data)
            return self._keep(target, data)
        return self._page(client.get(address), address, target)

    def _page(self, response: HttpResponse, address: str, target: str) -> int:
        """Write an answer down with its links led to files; remember where it leads."""
        if response.status_code not in KEPT:
            message = f"{address}答了{response.status_code}，不能写成文件，导出中止。请查明原因后重新运行。"
            raise ExportError(message)
        data = b"".join(response) if response.streaming else response.content
        if not response["Content-Type"].startswith("text/html"):
            return self._keep(target, data)
        text = data.decode()
        self.links[target] = found_in(text)
        return self._keep(target, led(text, lambda link: self._lead(link, target)).encode())

    def _lead(self, address: str, here: str) -> str:
        target = file_of(self._below(address)) or file_of(self._below(reverse("contents")))
        return link_to(str(target), here, self.prefix) + unanswered(address)

    def _stays(self, address: str, target: str) -> bool:
        """Tell whether a file of this program's last export can stay unread: nothing happened to what it shows."""
        if not self.before or (self.before.prefix, self.before.program) != (self.prefix, self.program):
            return False
        if target not in self.before.files:
            return False
        if not (self.settled(address) or self._as_before(address, target)) or not (self.folder / target).is_file():
            return False
        self.files[target] = self.before.files[target]
        if target in self.before.links:
            self.links[target] = self.before.links[target]
        self.report.same.append(target)
        return True

    def _as_before(self, address: str, target: str) -> bool:
        """Tell whether a file was drawn from the same edition, and still lies as it was written."""
        edition, path = edition_of(self._below(address)), self.folder / target
        if not self.before or not path.is_file():
            return False
        if edition not in self.contents or self.contents[edition] != self.before.contents.get(edition):
            return False
        return hashlib.sha256(path.read_bytes()).hexdigest() == self.before.files[target]

    def _keep(self, target: str, data: bytes) -> int:
        digest = hashlib.sha256(data).hexdigest()
        self.files[target] = digest
        path = self.folder / target
        if path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == digest:
            self.report.same.append(target)
        else:
            self._put(target, data)
            self.report.written.append(target)
        return len(data)

    def _put(self, target: str, data: bytes) -> None:
        """Put a file in its place at once: a server of the folder never gives out half of it."""
        path = self.folder / target
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        beside.write_bytes(data)
        beside.replace(path)

    def _before(self) -> Kept | None:
        """Return what an earlier export wrote; refuse a folder that holds something else."""
        kept = manifest.read(self.folder)
        if kept is None and self.folder.exists() and any(self.folder.iterdir()):
            message = f"{self.folder}里已有不是导出的内容。请换一个空文件夹，以免覆盖。"
            raise ExportError(message)
        return kept

    def _remove(self) -> None:
        for target in self.before.files if self.before else ():
            path = self.folder / target
            if target not in self.files and path.is_file():
                path.unlink()
                self.report.removed.append(target)

    def _below(self, address: str) -> str:
        """Return an address as it would be without the prefix under which this site is served."""
        return f"/{address.removeprefix(self.root)}" if address.startswith(self.root) else address


def _host() -> str:
    hosts: list[str] = settings.ALLOWED_HOSTS
    return str(urlsplit(settings.PUBLIC_URL).hostname) if "*" in hosts else hosts[0]
