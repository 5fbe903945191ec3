"""The published document this portal began with, checked up by the command and without a database."""

import contextlib
import json
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from disclosure.audit import RULES

SOURCE = Path(__file__).parents[3] / "fixtures" / "demo" / "source.txt"
LISTED = {
    "错误": "A01 1 A03 4 A07 1 A09 2 A12 1 B01 1 B03 102 B04 94 B05 16 B08 8 B13 2 C01 3 C04 1 C05 1 C06 1 "
    "C07 1 C08 1 C09 4 T14.2 1",
    "警告": "A02 1 A04 3 A05 1 A06 1 A08 1 A10 1 A11 6 A13 1 B02 3 B06 1 B07 184 B09 19 B10 17 B11 12 B12 4 "
    "B14 6 B15 5 C03 6 C10 7 C11 1 C12 1 C13 3 C14 1 C15 1",
}
"""Every finding that an auditor had in it, counted by rule; T14.2 is C02."""
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


def test_what_an_auditor_found_is_found_and_no_other_error(found):
    counted = {}
    for one in found:
        counted.setdefault(one["severity"], Counter())[one["rule"]] += 1

    assert {name: dict(codes) for name, codes in counted.items()} == {
        name: {code: int(number) for code, number in zip(*[iter(words.split())] * 2, strict=True)}
        for name, words in LISTED.items()
    }


def test_of_the_identities_only_the_day_of_the_assets_is_wrong(found):
    wrong = [one["rule"] for one in found if one["rule"][0] in "TX" and one["severity"] == "错误"]

    assert wrong == ["T14.2"]
