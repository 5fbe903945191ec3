"""What the process of its own does with a long import: the very preview and the very import that a page does."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.contrib.auth import get_user_model

from budgets.admin.kept import Kept
from disclosure.desk.shown import change_list, preview_shown
from disclosure.desk.underway import CHANGES, COMMITTED, END, MARKED, PREVIEW, PREVIEWED, STOP, End, Job, Order, taken
from disclosure.intake.failures import FAILURES, sentences_of
from disclosure.intake.marked import mark
from disclosure.intake.progress import Step, say, told_to
from disclosure.intake.run import IntakeRefusedError, Upload, commit, preview
from disclosure.models import Disclosure

AT_ONCE = 2
"""How many long imports a machine works at the same time; others wait for their turn."""
LONGEST = 60 * 60
"""After how many seconds a process gives up, whatever holds it."""


def work(job: Job) -> None:
    """Carry out a job's order, and note how it ended: every way that stores nothing has its sentences."""
    order = job.order
    if order is None:
        return
    try:
        with told_to(job.tell), turn(job):
            job.write(END, Work(job, order).done())
    except FAILURES as error:
        job.write(END, End(sentences=sentences_of(error)))


class Work:
    """One order with its file, its disclosure and whoever gave it."""

    def __init__(self, job: Job, order: Order) -> None:
        self.job, self.order = job, order
        self.by: Any = get_user_model().objects.get(pk=order.user, is_active=True)
        self.kept = Kept.found(order.token, self.by, disclosure=order.disclosure)
        self.disclosure = Disclosure.objects.get(pk=order.disclosure)
        self.upload = Upload(self.kept.token["name"], self.kept.data)

    def done(self) -> End:
        """Do what was ordered."""
        works: dict[str, Callable[[], End]] = {
            PREVIEWED: self._preview,
            COMMITTED: self._commit,
            MARKED: self._marked,
            CHANGES: self._changes,
        }
        return works[self.order.what]()

    def _preview(self, refusal: IntakeRefusedError | None = None) -> End:
        outcome = preview(self.disclosure, self.upload, by=self.by)
        say("正在整理预览")
        refused = (refusal.problems, self.order.ticks) if refusal else ()
        self.job.write(PREVIEW, preview_shown(outcome, *refused))
        return End()

    def _commit(self) -> End:
        order = self.order
        try:
            outcome = commit(self.disclosure, self.upload, by=self.by, ticks=order.ticks, seen=order.seen or "-")
        except IntakeRefusedError as refusal:
            return self._preview(refusal)
        run: Any = outcome.run
        self.kept.remove()
        return End(run=run.pk)

    def _marked(self) -> End:
        outcome = preview(self.disclosure, self.upload, by=self.by)
        say("正在标出问题")
        self.job.write(MARKED, mark(self.upload, (*outcome.problems, *outcome.strangers)))
        return End()

    def _changes(self) -> End:
        outcome = preview(self.disclosure, self.upload, by=self.by)
        say("正在写变化清单")
        self.job.write(CHANGES, change_list(outcome))
        return End()


@contextmanager
def turn(job: Job) -> Iterator[None]:
    """Wait until fewer than ``AT_ONCE`` others are at work on this machine, and say so meanwhile."""
    while True:
        for number in range(AT_ONCE):
            with (job.folder.parent / f"turn-{number}").open("wb") as file:
                if taken(file):
                    yield
                    return
        job.tell(Step("前面还有别的导入，正在排队"))
        time.sleep(1)


def watch(job: Job) -> None:
    """End this process when it is asked to, or after the longest time: what it was storing is rolled back."""
    threading.Thread(target=_watch, args=(job,), daemon=True).start()


def _watch(job: Job) -> None:
    for _ in range(LONGEST):
        time.sleep(1)
        if (job.folder / STOP).exists() or not job.folder.exists():
            break
    os._exit(1)
