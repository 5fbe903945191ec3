"""What a process has read off the shelf: kept ready as long as the folder it came from stands."""

import hashlib
from typing import Any, NamedTuple, Self

from portal.answers.packing import Kept, unpacked
from portal.answers.shelf import Shelf
from portal.display import COOKIE, KEYS, STANDARD

MOST = 64 * 2**20
"""Bytes that a process keeps ready."""
LARGEST = 2**20
"""Bytes of an answer that is worth keeping ready: longer ones take their time anyway."""


class Asked(NamedTuple):
    """What a reader asks: an address, and how pages are to be shown."""

    mode: str
    prefix: str
    path: str

    @classmethod
    def of(cls, environ: dict[str, Any]) -> Self:
        """Read the question."""
        mode = _mode(environ["HTTP_COOKIE"]) if "HTTP_COOKIE" in environ else STANDARD.key
        return cls(mode, environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", ""))

    @property
    def key(self) -> str:
        """Return the name of its answer on the shelf."""
        return hashlib.blake2b("\n".join(self).encode("latin-1", "replace"), digest_size=20).hexdigest()


def _mode(cookies: str) -> str:
    for one in cookies.split(";"):
        name, _, value = one.strip().partition("=")
        if name == COOKIE and value in KEYS:
            return value
    return STANDARD.key


class Memory:
    """The answers of one folder, forgotten when another one stands, or none."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._held: tuple[str, dict[Asked, Kept]] = ("", {})
        self._size = 0

    def get(self, asked: Asked) -> Kept | None:
        """Return an answer that stands; None where there is none."""
        standing = self.shelf.standing()
        if not standing:
            return None
        token, answers = self._held
        if token != standing:
            token, answers = self._held = (standing, {})
            self._size = 0
        return answers.get(asked) or self._read(asked, standing, answers)

    def _read(self, asked: Asked, standing: str, answers: dict[Asked, Kept]) -> Kept | None:
        data = self.shelf.find(standing, asked.key)
        if data is None:
            return None
        kept = unpacked(data)
        if kept.size <= LARGEST and self._size + kept.size <= MOST:
            answers[asked] = kept
            self._size += kept.size
        return kept
