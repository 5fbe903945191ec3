"""What an export wrote, kept beside it: each file by its hash, and where each page leads."""

import json
from pathlib import Path
from typing import NamedTuple

NAME = "export-manifest.json"
FORMAT = "budget-static-site/1"


class Kept(NamedTuple):
    """An export as it was left: its prefix, its files by hash, and the addresses each page leads to.

    ``program`` drew the files, from the ``contents`` (hashes) of editions.
    """

    prefix: str | None
    files: dict[str, str]
    links: dict[str, list[str]]
    program: str = ""
    contents: dict[str, str] = {}  # noqa: RUF012 a tuple's default is never changed


def read(folder: Path) -> Kept | None:
    """Return what an earlier export wrote into a folder; None where there is none."""
    path = folder / NAME
    if not path.is_file():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    return Kept(said["prefix"], said["files"], said["links"], said.get("program", ""), said.get("contents", {}))


def written(kept: Kept) -> bytes:
    """Return it as it is kept."""
    said = {"format": FORMAT, "prefix": kept.prefix, "files": dict(sorted(kept.files.items()))}
    said |= {"links": kept.links, "program": kept.program, "contents": kept.contents}
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True).encode()
