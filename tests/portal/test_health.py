"""What a supervisor is told: everything to whom we know, a word to others, and an answer even without a database."""

import json
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from reading import read_only

from portal import health
from portal.health import Check

pytestmark = pytest.mark.django_db
STRANGER = "203.0.113.7"


@pytest.fixture
def sound(monkeypatch):
    """A database of which the checks' own connection may know nothing: theirs is another, with nothing in it yet."""
    good = [Check("database", good=True, said="可以读", grave=True), Check("writable", good=True, said="", grave=True)]
    monkeypatch.setattr(health, "_of_database", lambda: iter(good))


def test_whom_we_know_is_told_what_was_looked_at(client, sound):
    answer = client.get("/healthz")

    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert set(answer.json()["checks"]) == {"database", "writable", "disk", "backup", "pdf"}


@pytest.mark.parametrize(
    "asked",
    [{"REMOTE_ADDR": STRANGER}, {"HTTP_X_FORWARDED_FOR": STRANGER}, {"HTTP_X_FORWARDED_FOR": f"::1, {STRANGER}"}],
)
def test_a_stranger_is_told_one_word(client, sound, asked):
    assert client.get("/healthz", **asked).content == b"ok"


def test_a_stranger_cannot_name_himself_past_the_list(client, sound):
    answer = client.get("/healthz", REMOTE_ADDR=STRANGER, HTTP_X_FORWARDED_FOR="127.0.0.1")

    assert answer.content == b"ok"


@pytest.mark.parametrize("path", ["/livez", "/healthz?live=1"])
def test_a_process_lives_without_its_database(client, path, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(health, "_of_database", None)

    with django_assert_num_queries(0):
        answer = client.get(path)

    assert (answer.status_code, answer.content, answer["Cache-Control"]) == (200, b"ok", "no-store")


def test_a_database_that_is_away_is_said_within_three_seconds(client, monkeypatch):
    monkeypatch.setattr(health, "_of_database", lambda: time.sleep(10))
    begun = time.monotonic()

    mine, others = client.get("/healthz"), client.get("/healthz", REMOTE_ADDR=STRANGER)

    assert time.monotonic() - begun < 6
    assert (mine.status_code, mine.json()["checks"]["database"]["said"]) == (503, "2.5秒内没有回答")
    assert (others.status_code, others.content.decode()) == (503, "不可用")


def test_an_error_of_the_database_is_no_page_of_its_own(client, monkeypatch, settings):
    def broken():
        raise connection.Database.OperationalError("/srv/secret/place is gone")

    monkeypatch.setattr(health, "_of_database", broken)

    answer = client.get("/healthz")

    assert (answer.status_code, answer.json()["checks"]["database"]["said"]) == (503, "OperationalError")
    assert "secret" not in answer.content.decode()


def test_what_is_in_the_database_is_looked_at(edition):
    found = {check.name: check for check in health._of_database()}

    assert {name: check.good for name, check in found.items()} == dict.fromkeys(
        ("database", "writable", "migrations", "queue"), True
    )


def test_migrations_that_wait_make_the_site_sick(db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'disclosure' AND name LIKE '0022%'")

    found = {check.name: check for check in health._of_database()}

    assert (found["migrations"].said, health.healthy(list(found.values()))) == ("还有1个迁移没有运行", False)


def test_a_publication_that_is_late_is_mentioned_and_no_sickness(disclosure, edition):
    type(disclosure).objects.filter(pk=disclosure.pk).update(
        status="ready", publish_at=timezone.now() - timedelta(hours=1), scheduled_by=edition.published_by
    )

    found = {check.name: check for check in health._of_database()}

    assert (found["queue"].good, health.healthy(list(found.values()))) == (False, True)


def test_a_database_that_only_reads_is_sick(db):
    with read_only():
        found = {check.name: check for check in health._of_database()}

    assert (found["writable"].good, found["writable"].said) == (False, "只能读")


@pytest.mark.parametrize(
    ("made_at", "good"), [(None, False), ("2001-01-01T00:00:00+08:00", False), ("now", True), ("spoilt", False)]
)
def test_the_age_of_the_last_backup_is_known(settings, tmp_path, made_at, good):
    settings.VAR_DIR = tmp_path
    if made_at:
        said = timezone.now().isoformat() if made_at == "now" else made_at
        (tmp_path / "last_backup.json").write_text(json.dumps({"made_at": said}))

    assert health._backup().good is good


def test_a_full_disk_is_a_sickness(monkeypatch):
    monkeypatch.setattr(health, "LITTLE", 1 << 62)

    assert (health._disk().good, health._disk().grave) == (False, True)
