"""Work on all cores: spawned processes that set Django up once each; one that is killed costs its item and no other.

This module knows no model, because the processes import it before Django is set up.
"""

import os
import signal
from collections import deque
from collections.abc import Iterator, Sequence
from importlib import import_module
from multiprocessing import connection as pipes
from multiprocessing import get_context
from time import monotonic
from typing import Any, NamedTuple

SPAWN = get_context("spawn")
LONGEST = 900
"""Seconds an item may take before its process is ended."""
OFTEN = 5
"""Seconds between two looks at the clock."""
FAREWELL = 60


class Place(NamedTuple):
    """The database and the folder of files that the processes work on: those of whoever starts them."""

    database: str
    files: str


class Done(NamedTuple):
    """What came of an item: what the work returned, or why it returned nothing."""

    item: Any
    result: Any = None
    exit_code: int | None = None
    """How the process ended that had the item; None where it did not end."""
    error: str = ""


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(work: str, items: Sequence[Any], jobs: int) -> Iterator[Done]:
    """Yield what ``work`` (“module:function”) makes of each item, in the order in which they are done."""
    waiting = deque(items)
    workers = [_Worker(work) for _ in range(min(jobs, len(items)))]
    try:
        for worker in workers:
            worker.give(waiting.popleft())
        while busy := [worker for worker in workers if worker.is_busy]:
            for worker in _ready(busy):
                yield worker.take()
                if waiting:
                    worker.give(waiting.popleft())
    finally:
        for worker in workers:
            worker.stop()


def _ready(busy: list["_Worker"]) -> list["_Worker"]:
    ready = pipes.wait([worker.pipe for worker in busy], timeout=OFTEN)
    for worker in busy:
        worker.end_when_late()
    return [worker for worker in busy if worker.pipe in ready]


class _Worker:
    """A process, the pipe to it and the item it has; started anew where it ended."""

    def __init__(self, work: str) -> None:
        self.work, self.is_busy = work, False
        self._start()

    def _start(self) -> None:
        self.pipe, theirs = SPAWN.Pipe()
        self.process = SPAWN.Process(target=serve, args=(theirs, self.work, _place()), daemon=True)
        self.process.start()
        theirs.close()

    def give(self, item: Any) -> None:
        if not self.process.is_alive():
            self._start()
        self.item, self.since, self.is_busy = item, monotonic(), True
        try:
            self.pipe.send(item)
        except OSError:
            return  # it has just ended: the pipe says so when it is read

    def take(self) -> Done:
        self.is_busy = False
        try:
            result, error = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            self.pipe.close()
            return Done(self.item, exit_code=self.process.exitcode)
        return Done(self.item, result, error=error)

    def end_when_late(self) -> None:
        if monotonic() - self.since > LONGEST:
            self.process.kill()

    def stop(self) -> None:
        """Let it end what it has in hand; it sees that nobody listens any more."""
        self.pipe.close()
        self.process.join(FAREWELL)
        self.process.kill()


def _place() -> Place:
    from django.conf import settings
    from django.db import connection

    return Place(str(connection.settings_dict["NAME"]), str(settings.MEDIA_ROOT))


def serve(pipe: Any, work: str, place: Place) -> None:
    """Work on what comes through the pipe until it is closed, in a process of its own."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection

    from disclosure.render import draw_here

    connection.settings_dict["NAME"], settings.MEDIA_ROOT = place
    draw_here()
    module, _, name = work.partition(":")
    act = getattr(import_module(module), name)
    try:
        while True:
            pipe.send(_attempt(act, pipe.recv()))
    except (EOFError, OSError):
        connection.close()


def _attempt(act: Any, item: Any) -> tuple[Any, str]:
    from django.db import close_old_connections

    from disclosure.render.failing import reason_of

    close_old_connections()
    try:
        return act(item), ""
    except Exception as error:  # noqa: BLE001 whatever it is, it is told
        return None, reason_of(error)
