"""The files of a long import: what counts as long, who is at it, what is swept."""

import fcntl
import io
import os
import time
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone

from budgets.admin.kept import PATIENCE
from disclosure.desk.underway import HEAVY, ORDER, Job, Order, State, heavy, jobs_of, root, sweep
from disclosure.intake.progress import Step


@pytest.fixture(autouse=True)
def _folder(settings, tmp_path):
    settings.DESK_DIR = tmp_path


@pytest.fixture
def job():
    job = Job(root() / "kept-1")
    job.folder.mkdir(parents=True)
    job.write(ORDER, Order("preview", "token", 7, "first", 11, "填报表.xlsx", timezone.now()))
    return job


def packed(size: int) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * size)
    return kept.getvalue()


def test_what_a_file_unpacks_to_decides_whether_it_is_long():
    assert [heavy(data) for data in (packed(HEAVY), packed(HEAVY + 1))] == [False, True]
    assert [heavy(data) for data in (b" " * HEAVY, b" " * (HEAVY + 1), b"PK\x03\x04 nonsense")] == [False, True, False]


def test_whoever_holds_the_lock_is_at_it(job):
    assert not job.running
    with (job.folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        assert job.running
        assert not job.start(job.order)
    assert not job.running


def test_long_without_a_step_is_told(job):
    job.tell(Step("正在读取文件"))
    fresh = job.still
    job.write("state.json", State(Step("正在读取文件"), timezone.now() - timedelta(minutes=3)))

    assert (fresh, job.still) == (False, True)


def test_a_disclosure_knows_its_own_jobs(job):
    assert [one.order.file for one in jobs_of(11)] == ["填报表.xlsx"]
    assert jobs_of(12) == []


def test_every_server_that_shares_the_folder_sees_who_is_at_it(job, settings, tmp_path):
    seen_elsewhere = tmp_path / "mounted"
    seen_elsewhere.symlink_to(tmp_path)
    settings.DESK_DIR = str(seen_elsewhere)
    there = jobs_of(11)[0]

    with (job.folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert there.running
    assert not there.running


def test_only_what_is_old_and_idle_is_swept(job):
    old, busy = Job(root() / "kept-2"), Job(root() / "kept-3")
    for one in (old, busy):
        one.folder.mkdir()
    with (busy.folder / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for one in (old, busy):
            os.utime(one.folder, (time.time() - PATIENCE - 60,) * 2)

        sweep()

    assert [one.folder.exists() for one in (job, old, busy)] == [True, False, True]
