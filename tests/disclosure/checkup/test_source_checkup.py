"""The published document this portal began with, checked up by the command and without a database."""

import contextlib
import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from disclosure.audit import RULES

SOURCE = Path(__file__).parents[3] / "fixtures" / "demo" / "source.txt"
RIGHT = {"T11.1", "T14.3"}
"""What holds in it: every project's money, every asset's number and value."""


@pytest.fixture(scope="module")
def found():
    """What the command says in JSON."""
    out = StringIO()
    with contextlib.suppress(SystemExit):
        call_command("audit", file=SOURCE, format="json", stdout=out)
    return json.loads(out.getvalue())


def test_every_finding_is_of_a_known_rule_at_a_place(found):
    assert [set(one) for one in found] == [{"rule", "severity", "place", "message"}] * len(found)
    assert {one["rule"] for one in found} <= set(RULES)


def test_what_is_right_stays_green(found):
    assert [one for one in found if one["rule"] in RIGHT] == []


def test_tables_that_are_not_there_are_no_errors(found):
    assert [one for one in found if one["rule"][0] in "TX" and one["severity"] == "错误"] == []
