"""A worker that draws missing files until it is told to stop: one line of the log for each thing that happens."""

import logging
import os
import secrets
import socket
import threading
import time
from typing import Any

from django.db import close_old_connections, connection

from disclosure.models import RenderingClaim
from disclosure.models.claim import LONGEST_NAME
from disclosure.workflow.claiming import AWAY, NotCompleteError, gather, let_go, next_claim, work_off

LONGEST_WAIT = 60
"""Seconds between two looks for a database that is gone."""
GATHER = 600
"""Seconds between two looks at all editions, for what lacks files and is not in the queue."""
logger = logging.getLogger("disclosure.rendering")


class RenderWorker:
    """Takes one edition after another; ``added`` and ``failures`` count what came of them."""

    def __init__(self, every: int) -> None:
        """Look for work every so many seconds."""
        self.name = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(2)}"[-LONGEST_NAME:]
        self.every, self.away, self.gathered = every, 0, time.monotonic() - 2 * GATHER
        self.added = self.failures = 0
        self.stopping = threading.Event()

    def stop(self, *_signal: Any) -> None:
        """End after the edition that is being drawn."""
        self.stopping.set()

    def run(self) -> None:
        """Work until told to stop; a database that is gone is waited for."""
        self._log(logging.INFO, "worker started")
        while not self.stopping.is_set():
            try:
                if not self._next():
                    self.stopping.wait(self.every)
            except AWAY as error:
                self._wait(error)
        self._log(logging.INFO, "worker stopped")

    def run_once(self) -> None:
        """Work until nothing is waiting."""
        while not self.stopping.is_set() and self._next():
            pass

    def _next(self) -> bool:
        """Work off one edition; False where there is none."""
        if not connection.in_atomic_block:
            close_old_connections()
        if self.away:
            let_go(self.name)
            self.away = 0
            self._log(logging.INFO, "database is back")
        if time.monotonic() - self.gathered > GATHER:
            gather()
            self.gathered = time.monotonic()
        claim = next_claim(self.name)
        if claim is None:
            return False
        self._work(claim)
        return True

    def _work(self, claim: RenderingClaim) -> None:
        begun = time.monotonic()
        try:
            added = work_off(claim)
        except NotCompleteError as error:
            self.failures += 1
            self._log(logging.WARNING, "files not drawn", claim, reason=str(error))
        except KeyboardInterrupt:
            let_go(self.name)
            raise
        else:
            self.added += len(added)
            self._log(logging.INFO, "files drawn", claim, ms=round((time.monotonic() - begun) * 1000))

    def _wait(self, error: Exception) -> None:
        """Say that the database is gone, and wait longer each time."""
        self.away += 1
        self._log(logging.WARNING, "database is away", reason=type(error).__name__)
        connection.close()
        self.stopping.wait(min(2**self.away, LONGEST_WAIT))

    def _log(self, level: int, message: str, claim: RenderingClaim | None = None, **said: Any) -> None:
        edition = claim.edition_id if claim else None
        logger.log(level, message, extra={"worker": self.name, "edition": edition, **said})
