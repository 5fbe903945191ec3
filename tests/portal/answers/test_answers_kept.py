"""Which statements take the answers away, which answers may be kept, and how they lie on the shelf."""

import fcntl
import gzip

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from portal.answers import Shelf
from portal.answers.packing import keepable, packed, unpacked
from portal.answers.purging import writes_public
from portal.answers.shelf import Lock, ShelfError, Writing
from portal.outages import outage_of

PLAIN = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "no-cache"), ("Vary", "Cookie")]


@pytest.mark.parametrize(
    "sql",
    [
        'INSERT INTO "disclosure_edition" ("number") VALUES (%s)',
        'UPDATE "budgets_unit" SET "name" = %s WHERE id IN (SELECT 1)',
        ' delete from "disclosure_editionfile" WHERE 1=1',
        "INSERT INTO budgets_department SELECT * FROM incoming",
        'WITH new AS (SELECT 1) UPDATE "disclosure_withdrawal" SET reason = 1',
        "TRUNCATE disclosure_searchleaf",
        'ALTER TABLE "budgets_government" ADD COLUMN x integer',
        'UPDATE ONLY "disclosure_ledgerhead" SET lines = 2',
    ],
)
def test_a_statement_that_writes_a_public_table_is_known(sql):
    assert writes_public(sql)


@pytest.mark.parametrize(
    "sql",
    [
        'SELECT * FROM "disclosure_edition" FOR UPDATE',
        'INSERT INTO "budgets_expenditureline" ("name") VALUES (%s)',
        'UPDATE "disclosure_disclosure" SET "status" = %s WHERE id IN (SELECT id FROM disclosure_edition)',
        'DELETE FROM "django_session" WHERE expire_date < %s',
        "SAVEPOINT s1",
        "CREATE TEMPORARY TABLE incoming (a integer)",
    ],
)
def test_a_statement_that_writes_none_is_let_pass(sql):
    assert not writes_public(sql)


@pytest.mark.parametrize(
    ("status", "more"),
    [
        ("404 Not Found", []),
        ("410 Gone", []),
        ("200 OK", [("Set-Cookie", "a=b")]),
        ("200 OK", [("Content-Encoding", "br")]),
        ("200 OK", [("Cache-Control", "no-store")]),
        ("200 OK", [("Cache-Control", "private")]),
    ],
)
def test_an_answer_for_one_reader_or_without_success_is_not_kept(status, more):
    names = {name for name, _ in more}

    headers = [one for one in PLAIN if one[0] not in names] + more

    assert keepable("200 OK", PLAIN)
    assert not keepable(status, headers)


def test_an_answer_whose_view_says_nothing_of_caches_is_not_kept():
    assert not keepable("200 OK", PLAIN[:1])


@given(st.binary(max_size=400), st.sampled_from(["text/html", "application/pdf", "text/csv; charset=utf-8"]))
def test_what_is_unpacked_is_what_was_packed(body, kind):
    headers = [("Content-Type", kind), ("ETag", '"t"'), ("Content-Length", "9"), ("X-Request-ID", "one")]

    kept = unpacked(packed(headers, body))

    assert kept.plain.body == body
    assert dict(kept.plain.headers)["Content-Length"] == str(len(body))
    assert "X-Request-ID" not in dict(kept.plain.headers)
    assert (kept.pressed is None) == (kind == "application/pdf")
    if kept.pressed:
        assert gzip.decompress(kept.pressed.body) == body
        assert dict(kept.pressed.headers)["ETag"] == 'W/"t"'


def test_two_releases_share_a_shelf_and_none_of_their_answers(tmp_path):
    old, new = Shelf(tmp_path, "old"), Shelf(tmp_path, "new")

    for shelf in (old, new):
        shelf.hold().put("key", shelf.release.encode())

    assert old.standing() == new.standing()
    assert [old.find(old.standing(), "key"), new.find(new.standing(), "key")] == [b"old", b"new"]


def test_a_shelf_that_cannot_be_emptied_lets_nothing_be_written(tmp_path):
    (tmp_path / "file").touch()

    with pytest.raises(ShelfError) as told:
        Writing(tmp_path / "file")

    assert "没有写入" in str(told.value)
    assert "没有保存" in outage_of(told.value).said


def test_a_writing_that_could_not_begin_holds_no_lock(tmp_path):
    shelf = Shelf(tmp_path, "one")
    shelf.hold().close()
    (tmp_path / "live").unlink()
    (tmp_path / "live").mkdir()

    with pytest.raises(ShelfError):
        Writing(tmp_path)

    Lock(tmp_path / "writing", fcntl.LOCK_EX | fcntl.LOCK_NB).free()


def test_what_was_taken_away_is_swept_up_and_what_stands_is_not(tmp_path):
    shelf = Shelf(tmp_path, "one")
    shelf.hold().put("key", b"1")
    first = shelf.standing()

    Writing(tmp_path).over(known=True)
    shelf.hold().put("key", b"2")

    assert first != shelf.standing()
    assert [one.name for one in tmp_path.glob("answers-*")] == [shelf.standing()]
    assert shelf.find(shelf.standing(), "key") == b"2"


def test_the_command_forgets_everything_and_says_so(tmp_path, settings, capsys):
    settings.ANSWERS, settings.ANSWERS_DIR = True, str(tmp_path)
    shelf = Shelf(tmp_path, "one")
    shelf.hold().put("key", b"1")

    call_command("forget_answers")

    assert shelf.standing() == ""
    assert str(tmp_path) in capsys.readouterr().out


def test_the_command_says_where_it_cannot(tmp_path, settings):
    (tmp_path / "file").touch()
    settings.ANSWERS, settings.ANSWERS_DIR = True, str(tmp_path / "file")

    with pytest.raises(CommandError, match="属于运行网站的用户"):
        call_command("forget_answers")
