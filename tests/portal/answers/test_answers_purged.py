"""Stored answers are sent again as they were, and are gone before anything public is written."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

ROUNDS = 150
CHILD = Path(__file__).with_name("answered.py")
ROOT = CHILD.parents[3]
ONCE, NEVER = [True, False], [True, True]
"""Whether Django was asked, the first time and the second: once for what is kept, always for what is not."""


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    folder = tmp_path_factory.mktemp("answers")
    name = str(folder / "answered.sqlite3") if connection.vendor == "sqlite" else f"answered_{os.getpid()}"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "portal.settings", "ANSWERS": "yes"}
    place = json.dumps([name, str(folder / "files"), ROUNDS])
    done = subprocess.run(
        [sys.executable, CHILD, place], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_an_answer_is_sent_again_in_every_form_a_reader_can_take(told):
    said = told["forms"]

    assert said["same"]
    assert said["asked"] == [True, False, False, True]
    assert said["pressed"]
    assert said["tags"]
    assert said["vary"] == ["Accept-Encoding, Cookie"] * 2
    assert said["unchanged"]
    assert said["head"] == [0, True]
    assert said["elder"]


def test_questions_the_desk_errors_and_strangers_hosts_are_never_kept(told):
    said = told["forms"]

    assert set(map(tuple, said["unkept"].values())) == {tuple(NEVER)}
    assert said["stranger"] == "400 Bad Request"


def test_only_a_numbered_edition_s_stored_file_may_be_kept_without_asking(told):
    file, page = told["forms"]["file"]

    assert file == "private, max-age=31536000, immutable"
    assert page == "no-cache"


def test_nothing_is_kept_while_something_public_is_written_however_that_ends(told):
    said = told["ends"]

    assert said["during"] == NEVER
    assert said["undone"] == ONCE
    assert said["done"] == [True, False, False]
    assert said["late"] is None
    assert said["elsewhere"]
    assert said["killed"] == [*NEVER, *ONCE]


def test_nobody_is_shown_what_no_longer_stands_while_others_read_without_pause(told, record_property):
    said = told["race"]

    record_property("race", str(said))
    assert said["stale"] == 0
    assert said["kept"] > 0
    assert said["served"] > ROUNDS


def test_what_is_withdrawn_is_gone_from_stored_answers_in_the_same_act(told):
    before, after, asked = told["withdrawn"]

    assert before == ["200 OK"] * 3
    assert after == ["410 Gone"] * 3
    assert asked == [True] * 3


@pytest.mark.parametrize("act", ["published", "corrected", "withdrawn"])
def test_every_list_is_kept_until_something_is_published_corrected_or_withdrawn(told, act):
    said = told["lists"]

    assert [path for path, asked in said["again"].items() if asked] == []
    assert [path for path, asked in said[act].items() if not asked] == []
    assert [path for path, asked in said[f"{act} again"].items() if asked] == []
