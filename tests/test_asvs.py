"""Every requirement of ASVS 5.0 that docs/asvs.md answers by a test is answered by one that exists."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "docs" / "asvs.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")
COUNTED = re.compile(r"^\| ([12]) 级 \| (\d+) \| (\d+) \| (\d+) \| (\d+)% \|$", re.MULTILINE)
REASON = "理由："
OF_SECTIONS = {
    "1.2": (1, 2, 3, 4, 5),
    "1.3": (1, 3, 4, 5, 6, 7),
    "1.5": (1,),
    "2.2": (1, 2, 3),
    "2.3": (1, 3, 4),
    "2.4": (1,),
    "3.2": (1,),
    "3.3": (1, 2, 3, 4),
    "3.4": (1, 2, 3, 4, 5, 6),
    "3.5": (1, 3),
    "3.7": (2,),
    "5.2": (1, 2, 3),
    "5.3": (1, 2),
    "5.4": (1, 2, 3),
    "6.2": (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12),
    "6.3": (1, 2, 3, 4),
    "6.4": (1, 2, 3, 4),
    "6.5": (1, 2, 3, 4, 5),
    "7.2": (4,),
    "7.3": (1, 2),
    "7.4": (1, 2, 3, 4, 5),
    "7.5": (1, 2),
    "8.2": (1, 2, 3),
    "8.3": (1,),
    "8.4": (1,),
    "13.2": (3, 4, 5),
    "13.4": (1, 2, 3, 4, 5),
    "14.2": (1,),
    "14.3": (1, 2, 3),
    "15.1": (2,),
    "15.2": (2,),
    "15.3": (1, 3, 4, 7),
    "16.2": (1, 2),
    "16.3": (1, 2, 3, 4),
    "16.4": (1, 2, 3),
    "16.5": (1, 2, 3),
}
"""The requirements of levels 1 and 2 that can be checked here, by section; the document may answer more."""
APPLICABLE = [f"{section}.{number}" for section, numbers in OF_SECTIONS.items() for number in numbers]


def rows() -> list[tuple[str, str, str, str]]:
    return ROW.findall(TEXT)


@cache
def named_in(path: str) -> frozenset[str]:
    """Name the tests of a file."""
    file = ROOT / path
    if not file.exists():
        return frozenset()
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))


def test_every_applicable_requirement_is_answered_once():
    answered = [number for number, *_ in rows()]

    assert [one for one in APPLICABLE if one not in answered] == []
    assert len(answered) == len(set(answered))


def test_every_answer_is_a_test_or_a_reason():
    silent = [number for number, _, _, answer in rows() if not NAMED.search(answer) and not answer.startswith(REASON)]

    assert silent == []


def test_every_named_test_exists():
    missing = [f"{path}::{name}" for path, name in NAMED.findall(TEXT) if name not in named_in(path)]

    assert missing == []
    assert len(NAMED.findall(TEXT)) > 100


def test_the_counts_are_those_of_the_table():
    printed = {level: tuple(map(int, numbers)) for level, *numbers in COUNTED.findall(TEXT)}
    counted = {}
    for level in "12":
        answers = [answer for _, of, _, answer in rows() if of == level]
        tested = sum(1 for answer in answers if NAMED.search(answer))
        counted[level] = (len(answers), tested, len(answers) - tested, tested * 100 // len(answers))

    assert printed == counted
