"""The scoreboard tries what is there: every test it names exists."""

from pathlib import Path

from bench.reliability import spoiling
from bench.reliability.rows import ROWS
from bench.reliability.tested import ByTests

ROOT = Path(__file__).parents[1]


def test_every_row_of_the_scoreboard_names_tests_that_exist():
    named = [node for row in ROWS if isinstance(row.tried, ByTests) for node in row.tried.nodes]
    named += spoiling.NODES

    assert [node for node in named if not (ROOT / node).exists()] == []
    assert len({row.number for row in ROWS}) == len(ROWS)
