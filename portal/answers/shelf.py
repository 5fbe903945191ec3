"""The shelf: a folder of answers that is taken away whole before anything public is written.

``live`` is a link to the folder of the answers that stand, with one folder in it for each release of the software;
``writing`` is a lock file. Whoever writes takes the link away and holds the lock, shared with other writers, until the
database has committed or rolled back. A reader links a new folder only where it gets the lock for itself: then nobody
is writing, and what it reads is what stands. The system frees the lock of a process that was killed; the note such a
writer leaves is heeded for a while, because its database may still be committing. An answer begun before a writing
goes into the folder that stood then, and with it out of the world.
"""

import fcntl
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import Self

from django.conf import settings

from portal.answers.release import release

LIVE, WRITING, HOLDS, NOTE = "live", "writing", "answers-", "note-"
GRACE = 10
"""Seconds in which a database has committed or forgotten what a killed process asked of it."""
SPARE = 512 * 2**20
"""Bytes that must stay free on the disk: below, nothing more is kept."""


class Place:
    """The folder that was live when an answer was begun."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def put(self, key: str, data: bytes) -> None:
        """Keep an answer, whole or not at all; nothing happens where the disk is nearly full or refuses."""
        beside = f".{key}.{secrets.token_hex(4)}"
        try:
            free = os.fstatvfs(self._handle)
            if free.f_bavail * free.f_frsize < SPARE + len(data):
                return
            with os.fdopen(
                os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600, dir_fd=self._handle), "wb"
            ) as file:
                file.write(data)
            os.rename(beside, key, src_dir_fd=self._handle, dst_dir_fd=self._handle)
        except OSError:
            return

    def close(self) -> None:
        """Let go of the folder."""
        os.close(self._handle)


class Shelf:
    """The answers of this release; a shelf without a folder keeps nothing."""

    def __init__(self, folder: Path | None, named: str = "") -> None:
        self.folder = folder
        self.release = (named or release()) if folder else ""
        self.live = str(folder / LIVE) if folder else ""

    @classmethod
    def of_settings(cls) -> Self:
        """Return the shelf that the settings name."""
        return cls(Path(settings.ANSWERS_DIR) if settings.ANSWERS else None)

    def standing(self) -> str:
        """Return the name of the folder whose answers stand, never the same twice; blank where there is none."""
        try:
            return os.readlink(self.live)  # noqa: PTH115 asked for at each request
        except OSError:
            return ""

    def find(self, standing: str, key: str) -> bytes | None:
        """Return an answer of the folder that stands; None where there is none."""
        try:
            return Path(str(self.folder), standing, self.release, key).read_bytes()
        except OSError:
            return None

    def hold(self) -> Place | None:
        """Return the live folder, laid anew where nobody writes; None where somebody does."""
        if self.folder is None:
            return None
        try:
            return Place(self._opened())
        except FileNotFoundError:
            return self._laid()

    def _opened(self) -> int:
        return os.open(f"{self.live}/{self.release}", os.O_RDONLY | os.O_DIRECTORY)

    def _laid(self) -> Place | None:
        try:
            with Lock(self.folder / WRITING, fcntl.LOCK_EX | fcntl.LOCK_NB):  # type: ignore[operator]  # hold looked
                if not self._quiet():
                    return None
                self._link()
                return Place(self._opened())
        except OSError:
            return None

    def _link(self) -> None:
        """Make the folder of this release, in the folder that stands where there is one."""
        if not self.standing():
            token = f"{HOLDS}{secrets.token_hex(8)}"
            Path(str(self.folder), token).mkdir(mode=0o700)
            Path(self.live).symlink_to(token)
        Path(self.live, self.release).mkdir(mode=0o700, exist_ok=True)

    def _quiet(self) -> bool:
        """Tell whether writers that never came to an end have been gone for long enough; then forget them."""
        notes = list(self.folder.glob(f"{NOTE}*")) if self.folder else []
        if any(time.time() - note.stat().st_mtime < GRACE for note in notes):
            return False
        for note in notes:
            note.unlink()
        return True


class Writing:
    """Something public is being written: nothing is kept until it is over."""

    def __init__(self, folder: Path) -> None:
        """Take every answer away; raise ShelfError where that cannot be done, so that nothing is written."""
        self.folder, self.note = folder, folder / f"{NOTE}{secrets.token_hex(8)}"
        try:
            self._lock = Lock(folder / WRITING, fcntl.LOCK_SH)
        except OSError as error:
            raise ShelfError(folder) from error
        try:
            self.note.touch(mode=0o600)
            take_away(folder)
        except OSError as error:
            self._lock.free()
            raise ShelfError(folder) from error

    def over(self, *, known: bool) -> None:
        """Let readers keep answers again; at once where the database said how it ended."""
        if known:
            self.note.unlink(missing_ok=True)
        self._lock.free()
        sweep(self.folder)


class ShelfError(OSError):
    """Stored answers cannot be taken away; the message says where and what to do."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"不能清除存放在{folder}的网页，所以没有写入。请检查这个目录是否属于运行网站的用户、磁盘是否已满。"
        )


class Lock:
    """A lock on a file, freed at the latest when its process ends."""

    def __init__(self, path: Path, how: int) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._handle, how)
        except OSError:
            os.close(self._handle)
            raise

    def free(self) -> None:
        """Give the lock back."""
        os.close(self._handle)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.free()


def forget() -> None:
    """Forget all answers, for whoever changes the database otherwise; raise ShelfError where that fails."""
    Writing(Path(settings.ANSWERS_DIR)).over(known=True)


def take_away(folder: Path) -> None:
    """Take every answer away at once."""
    (folder / LIVE).unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Delete the folders that nothing leads to any more; the lock keeps a new one from being laid meanwhile."""
    try:
        with Lock(folder / WRITING, fcntl.LOCK_EX | fcntl.LOCK_NB):
            standing = Shelf(folder, named="any").standing()
            gone = [one for one in folder.glob(f"{HOLDS}*") if one.name != standing]
    except OSError:
        return
    for one in gone:
        shutil.rmtree(one, ignore_errors=True)
