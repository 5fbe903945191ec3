"""From one database into another and back: every row with its number, every hash what it was, or nothing at all."""

import sqlite3
from contextlib import closing
from shutil import copyfile

import pytest
from django.db import connection, connections
from drills import Site, look

from portal.keeping.emptiness import filled

pytestmark = pytest.mark.timeout(600)
NUMBERED = """
from django.contrib.auth import get_user_model

User = get_user_model()
last = User.objects.order_by("pk").last().pk
assert User.objects.create(username="after the move").pk > last
"""


@pytest.fixture(scope="module")
def moved(site, tmp_path_factory):
    """A file of SQLite into which the site was moved, whatever it was on."""
    file = tmp_path_factory.mktemp("moved") / "moved.sqlite3"
    connections.close_all()
    done = site.manage("move_to", f"sqlite:///{file}")
    assert done.returncode == 0, done.stderr
    assert "公开版次3个（其中撤下1个）" in done.stdout
    return file


@pytest.fixture
def elsewhere(site, moved, tmp_path):
    """The same site on SQLite, each test's own."""
    return Site(f"sqlite:///{copyfile(moved, tmp_path / 'moved.sqlite3')}", site.folder)


def test_there_and_back_everything_is_what_it_was(site, elsewhere, empty):
    before = look(site)

    done = elsewhere.manage("move_to", empty.url)

    assert done.returncode == 0, done.stderr
    arrived = Site(empty.url, site.folder)
    assert look(elsewhere) == look(arrived) == before
    assert arrived.manage("shell", "-v0", "-c", NUMBERED).returncode == 0
    assert arrived.manage("verify_trail").returncode == 0


def test_what_was_altered_is_not_moved_and_the_target_stays_empty(site, elsewhere, empty):
    with closing(sqlite3.connect(elsewhere.url.removeprefix("sqlite:///"))) as file:
        file.execute("DROP TRIGGER frozen_update_disclosure_editioncontent")
        changed = "UPDATE disclosure_editioncontent SET text = text || ' ' WHERE edition_id = (SELECT {})"
        file.execute(changed.format("max(edition_id) FROM disclosure_editioncontent"))
        file.commit()

    refused = elsewhere.manage("move_to", empty.url)
    sound = site.manage("move_to", empty.url)
    again = site.manage("move_to", empty.url)

    assert (refused.returncode, "内容与校验值不符" in refused.stderr) == (1, True)
    assert sound.returncode == 0, sound.stderr
    assert (again.returncode, "数据库里已有数据" in again.stderr) == (1, True)


@pytest.mark.parametrize("url", ["mysql://a@b/c", "postgres://nobody@127.0.0.1:9/nothing"])
def test_a_target_that_is_none_is_refused_with_a_sentence(site, url):
    done = site.manage("move_to", url)

    assert (done.returncode, done.stderr.startswith("CommandError: ")) == (1, True)
    assert "环境变量DATABASE_URL无效" in done.stderr or "没有搬完" in done.stderr


def test_a_database_that_holds_something_says_what(db):
    assert "公开版次" in filled(connection)
