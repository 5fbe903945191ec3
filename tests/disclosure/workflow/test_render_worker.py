"""PDFs left to workers: published without, drawn once by one of them, never lost, and never in a hot loop."""

import logging
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection, connections
from django.utils import timezone
from published import an_edition, text_of
from traces import a_small_draft
from walking import crew_of, published, withdrawn

from budgets.enums import Role
from budgets.models import AuditTrail
from disclosure import workflow
from disclosure.board.completing import complete
from disclosure.board.lacking import lacking_of
from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.management.working import RenderWorker
from disclosure.models import Edition, RenderingClaim, RenderingFailure
from disclosure.models.claim import LEASE, PAUSES
from disclosure.render import RENDERERS
from disclosure.verification import verify
from disclosure.workflow.claiming import NotCompleteError, gather, next_claim, work_off
from portal import health

CHILD = Path(__file__).with_name("working.py")
ROOT = CHILD.parents[3]


@pytest.fixture
def small(db, cheap_files):
    """Made for one test: the others here work in a copy of the database, while nothing may be under way in it."""
    return a_small_draft().pk


@pytest.fixture
def workers(settings):
    """PDFs are left to workers."""
    settings.RENDER_WORKERS = True


@pytest.fixture
def waiting(draft, workers) -> Edition:
    """An edition that waits for its PDF, alone in the queue."""
    edition = published(draft)
    assert list(RenderingClaim.objects.values_list("edition", flat=True)) == [edition.pk]
    return edition


@pytest.fixture
def failing(monkeypatch):
    """No PDF can be drawn."""

    def broken(_document):
        raise MemoryError

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, broken)


def once() -> str:
    out = StringIO()
    call_command("render_worker", once=True, stdout=out)
    return out.getvalue().strip()


def passed(**time: int) -> None:
    """Let time pass for all claims."""
    for claim in RenderingClaim.objects.all():
        RenderingClaim.objects.filter(pk=claim.pk).update(free_at=claim.free_at - timedelta(**time))


def forms(edition) -> set[str]:
    return set(edition.files.values_list("format", flat=True))


def test_it_is_published_without_the_pdf_and_says_that_it_is_coming(waiting, client):
    page = text_of(client.get(f"/{waiting.government_code}/{waiting.year}/{waiting.department_code}/"))

    assert forms(waiting) == set(FileFormat) - {FileFormat.PDF}
    assert not RenderingFailure.objects.exists()
    assert "PDF生成中" in page
    assert str(lacking_of(waiting)) == "PDF生成中"
    assert [finding for finding in verify() if not finding.note] == []


def test_the_worker_adds_it_and_the_queue_is_empty(waiting, client):
    said = once()

    assert said == "生成了1个文件，0次没有成功。"
    assert forms(waiting) == set(FileFormat)
    assert not RenderingClaim.objects.exists()
    assert AuditTrail.objects.order_by("pk").last().action == "complete_files"
    assert once() == "生成了0个文件，0次没有成功。"


def test_without_the_setting_everything_is_drawn_at_once(draft):
    edition = published(draft)

    assert forms(edition) == set(FileFormat)
    assert not RenderingClaim.objects.exists()


def test_what_lacks_files_for_another_reason_is_found_too(waiting):
    RenderingClaim.objects.all().delete()

    assert (gather(), gather()) == (1, 0)
    assert once() == "生成了1个文件，0次没有成功。"


def test_what_is_completed_otherwise_leaves_the_queue(waiting):
    workflow.complete_files(waiting)

    assert not RenderingClaim.objects.exists()


def test_who_has_it_has_it_alone_until_the_lease_runs_out(waiting):
    first = next_claim("one")

    assert (first.edition, next_claim("two")) == (waiting, None)
    passed(seconds=LEASE.seconds - 5)
    first.renew()
    passed(seconds=LEASE.seconds - 5)
    assert next_claim("two") is None
    passed(seconds=10)
    second = next_claim("two")
    assert (second.edition, second.tries) == (waiting, 1)
    first.done()
    first.renew()
    assert RenderingClaim.objects.get().worker == "two"


def test_an_edition_that_kills_its_workers_waits_longer_each_time(waiting):
    holds = []
    for _ in range(4):
        claim = next_claim("doomed")
        holds.append(claim.free_at - claim.since)
        passed(hours=1)

    assert holds == [LEASE, *(LEASE + pause for pause in PAUSES[:3])]


def test_what_fails_is_noted_and_waits(waiting, failing):
    with pytest.raises(NotCompleteError, match="PDF未生成：内存不足。"):
        work_off(next_claim("one"))

    claim = RenderingClaim.objects.get()
    assert (claim.worker, claim.tries, next_claim("two")) == ("", 1, None)
    assert RenderingFailure.objects.get().reason == "内存不足。"
    assert PAUSES[0] - timedelta(seconds=10) < claim.free_at - timezone.now() <= PAUSES[0]


def test_the_pauses_grow_to_the_longest_and_stay_there(waiting, failing):
    pauses = []
    for _ in range(7):
        with pytest.raises(NotCompleteError):
            work_off(next_claim("one"))
        claim = RenderingClaim.objects.get()
        pauses.append(round((claim.free_at - timezone.now()).total_seconds() / 60))
        passed(hours=6)

    assert pauses == [1, 5, 15, 60, 360, 360, 360]


def test_once_tries_each_once_and_fails_where_one_failed(waiting, failing):
    with pytest.raises(CommandError, match="生成了0个文件，1次没有成功"):
        once()


def test_whatever_else_goes_wrong_is_noted_as_well(waiting, monkeypatch):
    def damaged(_edition):
        raise ValueError("nobody foresaw")

    monkeypatch.setattr(Document, "of_edition", damaged)

    with pytest.raises(NotCompleteError, match="ValueError：nobody foresaw"):
        work_off(next_claim("one"))

    assert "ValueError" in RenderingFailure.objects.get().reason
    assert RenderingClaim.objects.get().tries == 1


def test_the_button_of_the_board_lets_it_be_tried_at_once(waiting, failing):
    publisher = crew_of(waiting.disclosure)[Role.PUBLISHER]
    for _ in range(2):
        with pytest.raises(NotCompleteError):
            work_off(next_claim("one"))
        passed(minutes=1)
    assert next_claim("one") is None

    said = complete(waiting, by=publisher)

    assert "已交给生成文件的进程" in said
    assert AuditTrail.objects.order_by("pk").last().actor == publisher
    claim = next_claim("one")
    assert (claim.edition, claim.tries) == (waiting, 0)


def test_what_is_withdrawn_leaves_the_queue(waiting, monkeypatch):
    claim = next_claim("one")
    withdrawn(waiting)

    assert not RenderingClaim.objects.exists()
    assert work_off(claim) == []
    assert not RenderingFailure.objects.exists()


def test_what_is_withdrawn_while_it_is_drawn_leaves_nothing(waiting, monkeypatch):
    def meanwhile(_document):
        withdrawn(waiting)
        return b"too late"

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, meanwhile)

    assert work_off(next_claim("one")) == []
    assert (forms(waiting), RenderingClaim.objects.count(), RenderingFailure.objects.count()) == (set(), 0, 0)


# --- committed: what several processes see ---


@pytest.fixture
def six(committed, tmp_path, settings, workers):
    """Six editions without PDF, in a database of their own; returns the environment of further processes."""
    settings.MEDIA_ROOT = tmp_path / "files"
    edition = Edition.objects.get(department_code="203")
    content = Document.of_edition(edition).content
    made = [edition]
    for _ in range(6):
        made.append(an_edition(edition.disclosure, content, edition.published_by, made[-1]))
    gather()
    path = os.pathsep.join([str(ROOT), *sys.path])
    known = {"DATABASE_URL": committed, "VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "portal.settings"}
    return os.environ | known | {"PYTHONPATH": path, "RENDER_WORKERS": "yes"}


@contextmanager
def running(environment, seconds: int, *arguments: str):
    """A worker in a process of its own."""
    command = [sys.executable, "-W", "ignore", str(CHILD), str(seconds), *arguments]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def lacking() -> int:
    connection.close()
    return Edition.objects.filter(department_code="203").lacking_files().count()


def test_a_database_that_is_gone_is_waited_for_and_said(six, caplog, monkeypatch):
    caplog.set_level(logging.INFO, logger="disclosure.rendering")
    worker, asked = RenderWorker(7), []

    def wait(seconds: int) -> None:
        asked.append(seconds)
        if seconds == worker.every:
            worker.stop()

    def gone(execute, sql, *rest):
        if len(asked) < 2:
            raise OperationalError("server closed the connection unexpectedly")
        return execute(sql, *rest)

    monkeypatch.setattr(worker.stopping, "wait", wait)
    with connection.execute_wrapper(gone):
        worker.run()

    said = [record.message for record in caplog.records if record.name == "disclosure.rendering"]
    assert asked == [2, 4, 7]
    assert said[:4] == ["worker started", "database is away", "database is away", "database is back"]
    assert said[4:] == [*["files drawn"] * 6, "worker stopped"]
    assert lacking() == 0


def test_health_tells_where_nobody_draws(six):
    def said():
        return {check.name: check.good for check in health.look()}["rendering"]

    before = said()
    passed(minutes=11)

    assert (before, said()) == (True, False)


def test_two_workers_draw_six_editions_each_exactly_once(six, monkeypatch):
    drawn, barrier, workers = Counter(), threading.Barrier(2), [RenderWorker(1), RenderWorker(1)]

    def counted(document):
        drawn[document.context.imprint.number] += 1
        return f"pdf {document.context.imprint.number}".encode()

    def work(worker):
        barrier.wait()
        worker.run_once()
        connections["default"].close()

    monkeypatch.setitem(RENDERERS, FileFormat.PDF, counted)
    threads = [threading.Thread(target=work, args=[one]) for one in workers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert drawn == dict.fromkeys(range(2, 8), 1)
    assert all(worker.added for worker in workers)
    assert (lacking(), RenderingClaim.objects.count()) == (0, 0)


@pytest.mark.timeout(300)
def test_what_a_killed_worker_had_another_takes_after_the_lease(six):
    with running(six, 600) as process:
        assert process.stdout.readline() == "begun 2\n"
        process.send_signal(signal.SIGKILL)
        process.wait()
    connection.close()
    held = RenderingClaim.objects.exclude(worker="").get()

    without = once()
    passed(minutes=3)
    after = once()

    assert (held.edition.number, without, after) == (
        2,
        "生成了15个文件，0次没有成功。",
        "生成了3个文件，0次没有成功。",
    )
    assert lacking() == 0


@pytest.mark.timeout(300)
def test_a_worker_that_is_told_to_stop_finishes_what_it_has(six):
    with running(six, 3) as process:
        assert process.stdout.readline() == "begun 2\n"
        process.send_signal(signal.SIGTERM)
        said, log = process.communicate(timeout=60)

    assert (process.returncode, said) == (0, "生成了3个文件，0次没有成功。\n")
    assert '"worker stopped"' in log
    assert '"message": "files drawn"' in log
    assert lacking() == 5
    assert not RenderingClaim.objects.exclude(worker="").exists()


@pytest.mark.timeout(300)
def test_a_worker_that_is_interrupted_leaves_it_to_others_at_once(six):
    with running(six, 600) as process:
        assert process.stdout.readline() == "begun 2\n"
        process.send_signal(signal.SIGINT)
        _, log = process.communicate(timeout=60)

    connection.close()
    assert process.returncode == 1
    assert "已中断" in log
    assert RenderingClaim.objects.filter(worker="", free_at__lte=timezone.now()).count() == 6
