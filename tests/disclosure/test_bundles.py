"""Bundles as stored files: whole or not there, never of yesterday, and gone in the act of a withdrawal."""

import fcntl
import os
import signal
import time
import zipfile
from contextlib import contextmanager
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from published import an_edition

from budgets.models import Government
from disclosure import workflow
from disclosure.content import parse
from disclosure.opendata import Bundle, BusyError, bulk, forget, sweep
from disclosure.opendata.packing import NAMES

ADDRESS = "/data/130303/2022/package.zip"


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """Keep bundles where no other test looks."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def bundle(edition):
    """The sample's year."""
    return Bundle(Government.objects.get(code="130303"), 2022)


@contextmanager
def meanwhile(act):
    """Do something each time a bundle that is being written comes to its last table, as somebody else would."""

    def execute(run, sql, params, many, context):
        if 'FROM "disclosure_editiontext"' in sql:
            kept, connection.execute_wrappers = connection.execute_wrappers, []
            act()
            connection.execute_wrappers = kept
        return run(sql, params, many, context)

    with connection.execute_wrapper(execute):
        yield


def there(bundle) -> list[str]:
    """Return what lies beside the lock of a bundle."""
    return sorted(path.name for path in bundle.folder.iterdir() if path.name != ".lock")


def correction_of(edition):
    """Return an act that corrects an edition, and at the next call the correction, and so on."""
    chain = [edition]

    def correct():
        chain.append(an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, chain[-1]))

    return correct


def test_a_bundle_that_changes_again_and_again_is_refused_with_a_sentence(client, edition, bundle):
    with meanwhile(correction_of(edition)):
        answer = client.get(ADDRESS)

    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.content.decode() == f"{bundle.government}的数据正在变动，请稍后再下载。"
    assert there(bundle) == []
    assert client.get(ADDRESS).status_code == 200


def test_a_bundle_that_changes_once_is_that_of_the_change(edition, bundle):
    correct, turns = correction_of(edition), iter([True])

    with meanwhile(lambda: correct() if next(turns, False) else None), bundle.open("editions.csv") as file:
        text = file.read().decode("utf-8-sig")

    assert "130303-2022-initial-203-2" in text
    assert there(bundle) == [bundle.state()]


def test_a_withdrawal_while_a_bundle_is_written_leaves_nothing_of_it(
    edition, bundle, django_capture_on_commit_callbacks
):
    def withdraw():
        if not hasattr(edition, "withdrawal"):
            with django_capture_on_commit_callbacks(execute=True):
                workflow.withdraw(edition, by=edition.published_by, reason="误公开")

    with meanwhile(withdraw), bundle.open("cells.csv") as file:
        rows = file.read().decode("utf-8-sig").splitlines()

    assert len(rows) == 1
    assert there(bundle) == [bundle.state()]
    assert [path.name for path in bulk._root().parent.iterdir()] == ["bulk"]


def test_forgetting_takes_every_bundle_away_and_is_no_fault_twice(bundle):
    bundle.open("package.zip").close()

    forget()
    forget()

    assert not bundle.is_ready()
    assert not bulk._root().exists()


def test_a_stored_bundle_is_streamed_with_its_length_and_asked_for_once(client, bundle):
    first = client.get(ADDRESS)
    data = b"".join(first.streaming_content)

    again = client.get(ADDRESS, headers={"If-None-Match": first["ETag"]})

    assert first["Content-Length"] == str(len(data))
    assert bundle.state() in first["ETag"]
    assert (again.status_code, again.content) == (304, b"")


def test_a_bundle_that_somebody_else_is_building_is_waited_for_only_so_long(client, bundle, monkeypatch):
    monkeypatch.setattr(bulk, "PATIENCE", 0)
    bundle.folder.mkdir(parents=True)

    with (bundle.folder / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = client.get(ADDRESS)
        with pytest.raises(CommandError, match="正在打包"):
            call_command("pack_data", stdout=StringIO())

    assert (answer.status_code, answer.content.decode()) == (503, f"{bundle.government}的数据正在打包，请稍后再下载。")
    assert there(bundle) == []


def in_a_process(work) -> int:
    """Do something in a copy of this process; return its number."""
    child = os.fork()
    if child:
        return child
    try:
        work()
    except BaseException:  # noqa: BLE001 whatever it is, the copy must not go on with the tests
        os._exit(1)
    os._exit(0)


forking = pytest.mark.skipif(connection.vendor != "sqlite", reason="two processes cannot share a connection")


@forking
def test_two_builders_at_once_make_one_whole_bundle(bundle):
    children = [in_a_process(lambda: bundle.open("package.zip").close()) for _ in range(2)]

    ends = [os.waitpid(child, 0)[1] for child in children]

    assert ends == [0, 0]
    assert there(bundle) == [bundle.state()]
    with bundle.open("package.zip") as file, zipfile.ZipFile(file) as archive:
        assert (archive.testzip(), archive.namelist()) == (None, list(NAMES[1:]))


@forking
def test_a_builder_that_is_killed_leaves_no_half_file_and_the_next_one_builds(bundle):
    def killed():
        with meanwhile(lambda: os.kill(os.getpid(), signal.SIGKILL)):
            bundle.open("package.zip")

    _, end = os.waitpid(in_a_process(killed), 0)

    assert end == signal.SIGKILL
    assert not bundle.is_ready()
    [left] = there(bundle)
    bundle.open("package.zip").close()
    assert sweep() == []
    long_ago = time.time() - timedelta(hours=2).total_seconds()
    os.utime(bundle.folder / left, (long_ago, long_ago))
    assert sweep() == [f"bulk/130303/2022/{left}"]
    assert there(bundle) == [bundle.state()]


def test_what_is_no_longer_published_so_is_swept_and_what_is_stays(edition, bundle):
    bundle.open("package.zip").close()
    before = bundle.state()
    correction_of(edition)()
    bundle.open("package.zip").close()

    assert workflow.sweep(dry_run=True) == [f"bulk/130303/2022/{before}"]
    assert there(bundle) == sorted([before, bundle.state()])
    call_command("sweep_files", stdout=StringIO())
    assert there(bundle) == [bundle.state()]


def test_the_command_builds_each_bundle_once(client, bundle):
    first, again = StringIO(), StringIO()

    call_command("pack_data", stdout=first)
    call_command("pack_data", stdout=again)

    assert [line.partition("：")[0] for line in first.getvalue().splitlines()] == ["130303/2022", "130303/all"]
    assert again.getvalue() == "130303/2022：已是最新。\n130303/all：已是最新。\n"
    assert bundle.is_ready()


def test_a_refusal_is_a_sentence(edition, bundle):
    with meanwhile(correction_of(edition)), pytest.raises(BusyError, match="正在变动，请稍后再下载。"):
        bundle.open("package.zip")
