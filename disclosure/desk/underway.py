"""A long import under way: what was ordered, how far it is, how it ended; files, as every web process must see them.

The database will not do: on SQLite nobody else can write while an import does. A lock that dies with the process which
works tells whether anybody is at it.
"""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import msgspec
from django.conf import settings
from django.utils import timezone

from budgets.admin.kept import PATIENCE, Kept
from disclosure.intake.outcome import Ticks
from disclosure.intake.progress import Step

HEAVY = 8 * 1024 * 1024
"""Files that unpack to less are worked while the page waits: some ten thousand rows."""
STILL = timedelta(minutes=2)
"""After how long without a step somebody should look."""
TRIES = 50
ORDER, STATE, END, PREVIEW, LOCK, STOP = "order.json", "state.json", "end.json", "preview.json", "lock", "stop"
PREVIEWED, COMMITTED, MARKED, CHANGES = "preview", "commit", "marked.xlsx", "changes.xlsx"
"""What may be ordered: a preview, the import itself, one of the two lists of a preview."""
LISTS = (MARKED, CHANGES)
Kind = TypeVar("Kind")


class Order(msgspec.Struct, frozen=True):
    """What is to be done with which file, for whom."""

    what: str
    token: str
    user: int
    username: str
    disclosure: int
    file: str
    at: datetime
    ticks: Ticks = Ticks()
    seen: str = ""


class End(msgspec.Struct):
    """How it ended: the record's number, or the sentences that say why nothing was stored; neither for a preview."""

    run: int | None = None
    sentences: list[str] = []


class State(msgspec.Struct):
    """How far it is, and since when."""

    step: Step
    at: datetime


def heavy(data: bytes) -> bool:
    """Tell whether a file will take long, by the size to which it unpacks; what is no archive counts as it is."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            size = sum(
                member.file_size for member in archive.infolist() if not member.filename.startswith("word/media")
            )
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        size = len(data)
    return size > HEAVY


def root() -> Path:
    """Name the folder of all imports under way."""
    return Path(settings.DESK_DIR) / "underway"


def jobs_of(disclosure: int) -> list["Job"]:
    """Return what is under way, or waits to be looked at, for a disclosure."""
    jobs = [Job(path.parent) for path in sorted(root().glob(f"*/{ORDER}"))]
    return [job for job in jobs if (order := job.order) and order.disclosure == disclosure]


class Job:
    """One file that is worked apart, in a folder under the name of the file put aside."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def of(cls, kept: Kept) -> "Job":
        """Return the job of a file that was put aside."""
        return cls(root() / kept.path.name)

    @property
    def order(self) -> Order | None:
        """What was ordered last."""
        return self._read(ORDER, Order)

    @property
    def state(self) -> State | None:
        """How far it is."""
        return self._read(STATE, State)

    @property
    def end(self) -> End | None:
        """How it ended; None while it is under way, and where it died."""
        return self._read(END, End)

    @property
    def running(self) -> bool:
        """Tell whether a process is at it."""
        try:
            with (self.folder / LOCK).open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except FileNotFoundError:
            pass
        return False

    @property
    def still(self) -> bool:
        """Tell whether nothing has moved for long."""
        state = self.state
        return state is not None and timezone.now() - state.at > STILL

    def start(self, order: Order) -> bool:
        """Let a process of its own carry out an order; False where one is at it. Raise OSError where none starts."""
        sweep()
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / LOCK).open("wb") as lock:
            if not taken(lock):
                return False
            for name in (STATE, END, STOP, order.what) if order.what in LISTS else (STATE, END, STOP, PREVIEW, *LISTS):
                (self.folder / name).unlink(missing_ok=True)
            self.write(ORDER, order)
            self.tell(Step("等待开始"))
            _launch(self.folder.name, lock.fileno())
        return True

    @property
    def given_up(self) -> bool:
        """Tell whether somebody has asked it to stop."""
        return (self.folder / STOP).exists()

    def stop(self) -> bool:
        """Ask the process to end, and wait a little; tell whether it has."""
        (self.folder / STOP).touch()
        for _ in range(TRIES):
            if not self.running:
                return True
            time.sleep(0.1)
        return False

    def tell(self, step: Step) -> None:
        """Note a step."""
        self.write(STATE, State(step, timezone.now()))

    def write(self, name: str, value: Any) -> None:
        """Write a file of the job in one go: who reads sees the old or the new."""
        data = value if isinstance(value, bytes) else msgspec.json.encode(value)
        fresh = self.folder / f"{name}.{os.getpid()}"
        fresh.write_bytes(data)
        fresh.replace(self.folder / name)

    def read(self, name: str) -> bytes | None:
        """Return a file of the job, None where there is none."""
        try:
            return (self.folder / name).read_bytes()
        except FileNotFoundError:
            return None

    def _read(self, name: str, kind: type[Kind]) -> Kind | None:
        data = self.read(name)
        return None if data is None else msgspec.json.decode(data, type=kind)

    def remove(self) -> None:
        """Forget everything."""
        shutil.rmtree(self.folder, ignore_errors=True)


def sweep() -> None:
    """Throw away the jobs nobody is at whose files nobody may confirm any more."""
    oldest = time.time() - PATIENCE
    for folder in root().glob("*/"):
        with suppress(OSError):
            if folder.stat().st_mtime < oldest and not Job(folder).running:
                Job(folder).remove()


def taken(lock: Any) -> bool:
    """Take a lock; whoever only looks holds it for a moment."""
    for _ in range(TRIES):
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(0.01)
        else:
            return True
    return False


def _launch(name: str, lock: int) -> None:
    """Start the process that carries out a job's order; it holds the lock that it inherits until it ends."""
    own = Path(sys.prefix, "bin", "python")  # an embedded interpreter's sys.executable is the server
    command = [
        str(own) if own.exists() else sys.executable,
        str(settings.BASE_DIR / "manage.py"),
        "work_on_import",
        name,
    ]
    process = subprocess.Popen(  # noqa: S603 our own
        [*command, "--lock", str(lock)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=(lock,),
        start_new_session=True,
    )
    threading.Thread(target=process.wait, daemon=True).start()
