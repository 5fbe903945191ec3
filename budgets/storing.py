"""Where files lie: a folder of this machine, or a store of objects that several machines share (OBJECT_STORAGE).

Whoever keeps bytes does so through here and need not know which it is. A write is all or nothing: in a folder the
bytes are written beside their place and then given the name; a store of objects takes them in one request, or not.
"""

import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage


class StorageAwayError(OSError):
    """The store of objects does not answer, or refuses us; the message says so without naming any key."""


def is_shared() -> bool:
    """Tell whether files lie in a store of objects instead of a folder of this machine."""
    return _place("x") is None


def opened(name: str) -> Any:
    """Open what lies under a name; raise FileNotFoundError where nothing does, and StorageAwayError."""
    return default_storage.open(name)


def write(name: str, content: bytes | File) -> None:
    """Put bytes under a name, whole or not at all, in place of whatever lies there."""
    file = ContentFile(content) if isinstance(content, bytes) else content
    place = _place(name)
    if place is None:
        default_storage.save(name, file)
        return
    beside = default_storage.save(f"{name}.{secrets.token_hex(8)}", file)
    try:
        Path(default_storage.path(beside)).replace(place)
    except OSError:
        default_storage.delete(beside)
        raise


def renew(name: str, data: bytes) -> None:
    """Date anew what lies under a name, so that a sweep takes it for young; ``data`` is what lies there."""
    place = _place(name)
    if place is None:  # objects are only dated when they are written
        write(name, data)
    else:
        place.touch()


def delete(name: str) -> None:
    """Delete what lies under a name, if anything does."""
    default_storage.delete(name)


def is_there(name: str) -> bool:
    """Tell whether anything lies under a name."""
    return bool(default_storage.exists(name))


def written_at(name: str) -> datetime:
    """Return when it was written."""
    return default_storage.get_modified_time(name)


def names(folder: str = "", without: tuple[str, ...] = ()) -> Iterator[str]:
    """Name everything in a folder and those in it, except in the folders ``without``; nothing where it is missing."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    start = f"{folder}/" if folder else ""
    yield from (f"{start}{name}" for name in sorted(files))
    for one in sorted(folders):
        if one not in without:
            yield from names(f"{start}{one}")


def _place(name: str) -> Path | None:
    """Return where a file lies on this machine; None in a store of objects."""
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        return None
