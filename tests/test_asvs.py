"""Every requirement of ASVS 5.0.0, levels 1 and 2, is answered in docs/asvs.md by a test that exists, or in words."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
APART = re.compile(r"^\| (\d+\.\d+) \| ([\d、–]+) \| ([^|]+) \|$", re.MULTILINE)
COUNTED = re.compile(r"^\| (1 级|2 级|合计) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
REASON, UNMET = "理由：", "未满足："
# fmt: off
STANDARD = {
    "1.1": (0, 2), "1.2": (5, 4), "1.3": (2, 9), "1.4": (0, 3), "1.5": (1, 1),
    "2.1": (1, 2), "2.2": (2, 1), "2.3": (1, 3), "2.4": (0, 1),
    "3.2": (2, 0), "3.3": (1, 3), "3.4": (2, 4), "3.5": (3, 2), "3.7": (0, 2),
    "4.1": (1, 2), "4.2": (0, 1), "4.3": (0, 2), "4.4": (1, 3),
    "5.1": (0, 1), "5.2": (2, 1), "5.3": (2, 0), "5.4": (0, 3),
    "6.1": (1, 2), "6.2": (8, 4), "6.3": (2, 2), "6.4": (2, 2), "6.5": (0, 5), "6.6": (0, 3), "6.8": (0, 4),
    "7.1": (0, 3), "7.2": (4, 0), "7.3": (0, 2), "7.4": (2, 3), "7.5": (0, 2), "7.6": (0, 2),
    "8.1": (1, 1), "8.2": (2, 1), "8.3": (1, 0), "8.4": (0, 1),
    "9.1": (3, 0), "9.2": (1, 3),
    "10.1": (0, 2), "10.2": (0, 2), "10.3": (0, 4), "10.4": (5, 6), "10.5": (0, 5), "10.6": (0, 2), "10.7": (0, 3),
    "11.1": (0, 2), "11.2": (0, 3), "11.3": (2, 1), "11.4": (1, 3), "11.5": (0, 1), "11.6": (0, 1),
    "12.1": (1, 2), "12.2": (2, 0), "12.3": (0, 4),
    "13.1": (0, 1), "13.2": (0, 5), "13.3": (0, 2), "13.4": (1, 4),
    "14.1": (0, 2), "14.2": (1, 3), "14.3": (1, 2),
    "15.1": (1, 2), "15.2": (1, 2), "15.3": (1, 6),
    "16.1": (0, 1), "16.2": (0, 5), "16.3": (0, 4), "16.4": (0, 3), "16.5": (0, 3),
    "17.1": (0, 1), "17.2": (0, 4), "17.3": (0, 2),
}
# fmt: on
"""How many requirements of level 1, and then of level 2, each section of 5.0.0 has; they are numbered in that order."""
LEVELS = {
    f"{section}.{number + 1}": 1 if number < first else 2
    for section, (first, second) in STANDARD.items()
    for number in range(first + second)
}


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(TEXT)


def spread(numbers: str) -> list[int]:
    """Return the numbers of a list such as 1、3–5."""
    found = []
    for part in numbers.split("、"):
        first, _, last = part.partition("–")
        found += range(int(first), int(last or first) + 1)
    return found


def not_applicable() -> dict[str, str]:
    """Return what does not apply, with the reason."""
    return {f"{section}.{one}": why for section, numbers, why in APART.findall(TEXT) for one in spread(numbers)}


def kind(answer: str) -> str:
    """Tell whether an answer is a test, a reason why there is none, or the word that it is not met."""
    return UNMET if answer.startswith(UNMET) else REASON if answer.startswith(REASON) else "test"


@cache
def named_in(path: str) -> frozenset[str]:
    """Name the tests of a file."""
    file = ROOT / path
    if not file.exists():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_the_standard_is_known_whole():
    assert Counter(LEVELS.values()) == {1: 70, 2: 183}


def test_every_requirement_is_answered_once_or_does_not_apply():
    answered, apart = [number for number, *_ in rows()], not_applicable()

    assert len(answered) == len(set(answered))
    assert set(answered) & apart.keys() == set()
    assert [one for one in LEVELS if one not in answered and one not in apart] == []
    assert [one for one in (*answered, *apart) if one not in LEVELS] == []


def test_nothing_is_left_out_twice():
    lists = [f"{section}.{one}" for section, numbers, _ in APART.findall(TEXT) for one in spread(numbers)]

    assert [one for one, times in Counter(lists).items() if times > 1] == []
    assert [one for one, why in not_applicable().items() if len(why) < 6] == []


def test_every_level_is_that_of_the_standard():
    assert [(number, level) for number, level, *_ in rows() if LEVELS.get(number) != int(level)] == []


def test_every_answer_is_a_test_or_says_why_not():
    said = {number: answer for number, _, _, answer in rows()}
    words = {number: NAMED.sub("", answer).partition("：")[2] for number, answer in said.items()}

    assert [one for one, answer in said.items() if kind(answer) == "test" and not NAMED.search(answer)] == []
    assert [one for one, answer in said.items() if kind(answer) != "test" and len(words[one]) < 8] == []


def test_every_named_test_exists():
    missing = [f"{path}::{name}" for path, name in NAMED.findall(TEXT) if name not in named_in(path)]

    assert missing == []
    assert TEXT.count("tests/") - TEXT.count("`tests/test_asvs.py`") == len(NAMED.findall(TEXT)) > 200


def test_every_row_is_read():
    assert len(re.findall(r"^\| \d", TEXT, re.MULTILINE)) == len(rows()) + len(APART.findall(TEXT)) + 2


def test_every_document_that_is_named_exists():
    named = set(re.findall(r"docs/[\w./-]+\.(?:md|conf)", TEXT))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(("label", "levels"), [("1 级", {1}), ("2 级", {2}), ("合计", {1, 2})])
def test_the_counts_are_those_of_the_rows(label, levels):
    printed = {name: tuple(map(int, numbers)) for name, *numbers in COUNTED.findall(TEXT)}
    kinds = Counter(kind(answer) for number, _, _, answer in rows() if LEVELS[number] in levels)
    apart = sum(1 for number in not_applicable() if LEVELS[number] in levels)
    whole = sum(1 for level in LEVELS.values() if level in levels)

    assert printed[label] == (whole, kinds["test"], kinds[REASON], kinds[UNMET], apart)
    assert sum(printed[label][1:]) == whole


def test_what_is_not_met_is_named_at_the_top():
    listed = re.search(r"^未满足的：(.+)。$", TEXT, re.MULTILINE)

    assert listed
    assert listed[1].split("、") == [number for number, _, _, answer in rows() if kind(answer) == UNMET]
