"""The fonts of the official PDF, by their role in a 公文: shipped beside the renderer, or dropped in by a bureau."""

import hashlib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

SHIPPED = Path(__file__).parent / "render" / "fonts"
SUFFIXES = (".ttf", ".otf")


class Role(NamedTuple):
    """A role: the family that style sheets name, what it is called, and the files that fill it by their weight."""

    family: str
    name: str
    files: dict[int, str]
    own: str


ROLES = (
    Role("Portal Title", "小标宋", {700: "NotoSerifSC-Bold.ttf"}, "xiaobiaosong"),
    Role("Portal Hei", "黑体", {700: "NotoSansSC-Bold.ttf"}, "heiti"),
    Role("Portal Kai", "楷体", {400: "PortalKai-Regular.ttf"}, "kaiti"),
    Role("Portal Song", "仿宋", {400: "NotoSerifSC-Regular.ttf", 700: "NotoSerifSC-Bold.ttf"}, "fangsong"),
)
"""Roles of GB/T 9704. A bureau that owns 方正小标宋 or 仿宋_GB2312 drops the file in under the name of its role."""
RARE = "NotoSerifSC-Regular.ttf"
"""Prints what the font of a role lacks."""
MORE = "buzi"
"""A bureau's file of still rarer characters."""


class Face(NamedTuple):
    """A font file in its role."""

    family: str
    weight: int
    path: Path


def faces() -> list[Face]:
    """Return every font file with its family; a file that a bureau dropped in takes the place of ours."""
    found: list[Face] = []
    for role in ROLES:
        own = dropped_in(role.own)
        found += [Face(role.family, weight, own or SHIPPED / name) for weight, name in role.files.items()]
    found.append(Face("Portal Rare", 400, SHIPPED / RARE))
    more = dropped_in(MORE)
    return [*found, Face("Portal More", 400, more)] if more else found


def dropped_in(name: str) -> Path | None:
    """Return the file that a bureau dropped in for a role, if it did."""
    folder = settings.FONTS_DIR
    candidates = [Path(folder) / f"{name}{suffix}" for suffix in SUFFIXES] if folder else []
    return next((path for path in candidates if path.is_file()), None)


def files() -> dict[str, Path]:
    """Return the font files by their name: nothing else may be fetched while a PDF is drawn."""
    return {face.path.name: face.path for face in faces()}


def style() -> str:
    """Return the ``@font-face`` rules that bind each family to its file."""
    return "\n".join(
        f'@font-face {{ font-family: "{face.family}"; src: url(app:{face.path.name}); font-weight: {face.weight}; }}'
        for face in faces()
    )


def fingerprint() -> str:
    """Return the SHA-256 over all font files: two machines that share it and the lock draw the same bytes."""
    whole = hashlib.sha256()
    for name, path in sorted(files().items()):
        whole.update(f"{name}:{_sha256(path, path.stat().st_mtime_ns)}\n".encode())
    return whole.hexdigest()


@cache
def _sha256(path: Path, _written: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
