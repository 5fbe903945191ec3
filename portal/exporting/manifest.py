"""What an export wrote, kept beside it: each file by its hash, and where each page leads."""

import json
from pathlib import Path
from typing import NamedTuple

NAME = "export-manifest.json"
FORMAT = "budget-static-site/1"


class Kept(NamedTuple):
    """An export as it was left: its prefix, its files by hash, and the addresses each page leads to."""

    prefix: str | None
    files: dict[str, str]
    links: dict[str, list[str]]


def read(folder: Path) -> Kept | None:
    """Return what an earlier export wrote into a folder; None where there is none."""
    path = folder / NAME
    if not path.is_file():
        return None
    said = json.loads(path.read_text(encoding="utf-8"))
    return Kept(said["prefix"], said["files"], said["links"])


def written(kept: Kept) -> bytes:
    """Return it as it is kept."""
    said = {"format": FORMAT, "prefix": kept.prefix, "files": dict(sorted(kept.files.items()))}
    return json.dumps(said | {"links": kept.links}, ensure_ascii=False, indent=1, sort_keys=True).encode()
