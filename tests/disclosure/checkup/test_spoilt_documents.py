"""Spoilt documents through the whole check-up: checked or refused in Chinese, whatever they say and however long."""

import random

import foreign
import pytest
import spoilt
from django.core.exceptions import ValidationError
from test_checkup_files import workbook

from budgets.readers.files import read_file
from disclosure.checkup.files import blocks_of
from disclosure.checkup.report import check_blocks, check_file

LONG = 2500
"""How long a run of one sort of character is: nobody writes so, and what asks each against each takes seconds."""
RUNS = (
    "9",
    "0",
    "1,",
    "1.",
    "1万元",
    "一",
    "中",
    "为",
    "、",
    "（",
    "“",
    "”",
    "《",
    "%",
    "—",
    "a",
    "年",
    "\u3000",
    " ",
    "增长",
)


def outcome(check) -> str:
    """Check a document up; every finding is a sentence."""
    try:
        found = check()
    except ValidationError as error:
        said, came = error.messages, "refused"
    else:
        said, came = [one.message for one in found.findings], "checked"
    assert spoilt.in_chinese(said)
    return came


def test_spoilt_documents_are_checked_or_refused():
    sound = foreign.text().decode()

    found = spoilt.tried(
        "检查.txt",
        spoilt.how_many(60, dear=2),
        lambda chance: spoilt.spoilt_text(sound, chance).encode(),
        lambda data: outcome(lambda: check_file("文.txt", data)),
    )

    assert found["checked"] * 5 > found.total()


def test_workbooks_with_spoilt_cells_are_checked():
    sheets = read_file("表.xlsx", workbook(foreign.TOTALS, foreign.SPENDING, foreign.FISCAL, foreign.GENERAL))

    def spoil(chance: random.Random):
        return [sheet._replace(rows=spoilt.spoilt_rows(sheet.rows, chance)) for sheet in sheets]

    found = spoilt.tried(
        "检查.xlsx",
        spoilt.how_many(60, dear=2),
        spoil,
        lambda one: outcome(lambda: check_blocks([block for sheet in one for block in blocks_of(sheet)])),
    )

    assert found["checked"] * 5 > found.total()


@pytest.mark.parametrize("run", RUNS)
def test_a_long_run_of_anything_is_soon_passed_over(run):
    run *= LONG // len(run)
    text = foreign.text().decode()
    text = text.replace("2023年收入总预算210万元。", f"2023年收入总预算210万元，比上年增加{run}万元，{run}\n{run}")
    text = text.replace("负责全市教育工作。", run).replace("普通教育", f"普通教育{run}").replace("1,700,000", run)

    with spoilt.bounded() as clock, clock():
        assert outcome(lambda: check_file("文.txt", text.encode())) == "checked"
