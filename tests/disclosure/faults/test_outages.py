"""Disks fill, databases turn read-only, clocks are set back: nothing is lost, nothing is half there, and it is said."""

import csv
import errno
import io
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import OperationalError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from gridded import a_clerk
from reading import read_only
from traces import left_behind
from walking import crew_of, made_ready, opened

from budgets.enums import Role
from budgets.models import ExpenditureLine
from budgets.resources import ExpenditureLineResource
from disclosure import workflow
from disclosure.intake.run import Upload, commit
from disclosure.models import Edition, Narrative
from disclosure.refusal import RefusalError
from portal.outages import AWAY, BUSY, FULL, READ_ONLY, outage_of

pytestmark = pytest.mark.usefixtures("plain_pdf")
WORDS = "改写了一半的一句话"
FULL_DISK = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def calm():
    """A browser that sees pages where a test would see errors."""
    return Client(raise_request_exception=False)


@pytest.fixture
def ready(disclosure):
    """The sample's correction, waiting for its publication."""
    opened(disclosure)
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="更正后的话。")
    return made_ready(disclosure)


@pytest.fixture
def page(calm, disclosure):
    """The form of a text, opened by somebody who may change it."""
    text = Narrative.objects.get(disclosure=opened(disclosure), key="other_matters")
    calm.force_login(a_clerk(disclosure))
    return reverse("admin:disclosure_narrative_change", args=[text.pk])


def fields(disclosure):
    return {"disclosure": disclosure.pk, "key": "other_matters", "state": "written", "text": WORDS}


def publisher(draft):
    return crew_of(draft)[Role.PUBLISHER]


@pytest.fixture
def no_space(monkeypatch):
    """Storage that takes no more bytes."""

    def full(*_arguments, **_named):
        raise FULL_DISK

    monkeypatch.setattr(FileSystemStorage, "_save", full)


def test_a_read_only_database_shows_every_public_page(calm, edition):
    paths = ["/", "/130303/2022/203/", "/130303/2022/203/document.json", "/search/?q=办公", "/transparency/"]
    with read_only():
        assert [calm.get(path).status_code for path in paths] == [200] * len(paths)


def test_a_read_only_database_gives_back_what_was_typed(calm, page, disclosure):
    with read_only():
        answer = calm.post(page, fields(disclosure))

    said = answer.content.decode()
    assert (answer.status_code, answer["Retry-After"], READ_ONLY.title in said) == (503, "60", True)
    assert WORDS in said
    assert f'action="{page}"' in said
    assert "再提交一次" in said


def test_a_password_is_never_given_back(calm, db):
    with read_only():
        answer = calm.post("/admin/login/", {"username": "somebody", "password": "Mima-2026-x"})

    assert "Mima-2026-x" not in answer.content.decode()


def test_what_did_not_pass_the_check_against_forgery_is_not_given_back(page, disclosure):
    strange = Client(raise_request_exception=False, enforce_csrf_checks=True)
    with read_only():
        answer = strange.post(page, fields(disclosure))

    assert WORDS not in answer.content.decode()


def test_a_full_disk_takes_in_no_part_of_an_import(disclosure, no_space):
    draft, clerk = opened(disclosure), a_clerk(disclosure)
    lines = ExpenditureLine.objects.filter(budget=draft.budget)
    rows = ExpenditureLineResource(user=clerk).export(lines.order_by("pk"))
    text = io.StringIO()
    csv.writer(text).writerows([["支出明细"], rows.headers, *rows])
    lines.delete()
    before = left_behind()

    with pytest.raises(OSError, match="No space") as caught, transaction.atomic():
        commit(draft, Upload("支出明细.csv", text.getvalue().encode("utf-8-sig")), by=clerk)

    assert outage_of(caught.value) == FULL
    assert left_behind() == before


def test_a_full_disk_publishes_nothing_and_says_so(ready, no_space):
    before = left_behind()

    with pytest.raises(RefusalError, match="没有公开任何内容。原因：磁盘已满"):
        workflow.publish(ready, by=publisher(ready))

    assert left_behind() == before


def test_a_clock_that_was_set_back_publishes_nothing(ready, monkeypatch):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now - timedelta(days=1))
    before = left_behind()

    with pytest.raises(RefusalError, match="时钟被调过，没有公开任何内容。请管理员校准服务器的时间"):
        workflow.publish(ready, by=publisher(ready))

    assert left_behind() == before


def test_no_edition_is_dated_before_the_one_it_corrects(ready, monkeypatch):
    now = ready.editions.get().published_at - timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: now)

    with pytest.raises(RefusalError, match="还早，时钟被调过，没有公开任何内容"):
        workflow.publish(ready, by=publisher(ready))


@pytest.mark.parametrize("jump", [timedelta(seconds=30), timedelta(days=30)])
def test_a_clock_that_jumps_forwards_publishes_in_order(ready, monkeypatch, jump):
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + jump)

    edition = workflow.publish(ready, by=publisher(ready))

    assert edition.published_at > edition.supersedes.published_at
    out = StringIO()
    call_command("verify_trail", stdout=out)
    assert "核对无误" in out.getvalue()


def test_the_next_edition_goes_on_after_an_outage(ready, disclosure, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", lambda *_all, **_named: (_ for _ in ()).throw(FULL_DISK))
        with pytest.raises(RefusalError):
            workflow.publish(ready, by=publisher(ready))

    edition = workflow.publish(ready, by=publisher(ready))

    assert (edition.number, edition.files.count()) == (2, 5)
    assert Edition.objects.filter(disclosure=disclosure).count() == 2


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (OperationalError("attempt to write a readonly database"), READ_ONLY),
        (OperationalError("database is locked"), BUSY),
        (OperationalError("database or disk is full"), FULL),
        (OperationalError("unable to open database file"), AWAY),
        (OperationalError("server closed the connection unexpectedly"), AWAY),
        (OSError(errno.ENOSPC, "x"), FULL),
        (OSError(errno.EROFS, "x"), READ_ONLY),
        (OSError(errno.ENOENT, "x"), None),
        (ValueError("database is locked"), None),
        (None, None),
    ],
)
def test_outages_are_told_apart_from_errors_of_ours(error, outage):
    assert outage_of(error) == outage
