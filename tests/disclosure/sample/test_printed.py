"""The sample: as printed it is the source document; corrected, each change is on record with its reason."""

import re
from decimal import Decimal
from pathlib import Path

import pytest

from budgets.codes import rows_of
from disclosure.sample.printed import CorrectionError, Sample, _apply

FOLDER = Path(__file__).parents[3] / "fixtures" / "demo"
SOURCE = re.sub(r"\[bookmark:[^]]*]", "", (FOLDER / "source.txt").read_text(encoding="utf-8"))
WORDS = re.sub(r"\s", "", SOURCE)
CODED = {
    "affiliation",
    "nature",
    "source",
    "kind",
    "item",
    "category",
    "carried_over",
    "key",
    "as_of",
    "number",
    "table",
}


@pytest.fixture(scope="module")
def printed() -> Sample:
    return Sample(FOLDER, corrected=False)


@pytest.fixture(scope="module")
def corrected() -> Sample:
    return Sample(FOLDER)


def test_every_printed_cell_that_is_not_marked_assumed_stands_in_the_source(printed):
    missing = [
        (name, key, column, text)
        for name, rows in printed.files.items()
        if name != "previous"
        for key, row in rows.items()
        for column, text in row.items()
        if text and column not in {*CODED, "assumed", "function", "economic", *row.get("assumed", "").split()}
        if re.sub(r"\s", "", text) not in WORDS
    ]

    assert missing == []


def test_the_printed_goal_tables_are_those_of_the_source(printed):
    codes = re.findall(r"项目编码\s+(\S{21})\s", SOURCE)

    assert [row["code"] for row in printed.rows("projects")] == codes
    assert len(codes) == 19
    assert sum(Decimal(row["amount"]) for row in printed.rows("projects")) == Decimal("572.20")
    assert len(list(printed.rows("indicators"))) == 102
    assert len([row for row in printed.rows("expenditure") if row["kind"] == "public"]) == 17


def test_every_correction_has_a_reason_and_names_its_findings():
    corrections = rows_of(FOLDER / "corrections.csv")

    assert [
        row for row in corrections if not row["reason"] or not re.fullmatch(r"([ABC]\d\d ?)+", row["finding"])
    ] == []


def test_amounts_plans_and_codes_change_only_where_a_correction_says_so(printed, corrected):
    said = {(row["file"], row["key"], row["column"]) for row in corrected.corrections}
    changed = {
        (f"printed/{name}.csv", key, column)
        for name in ("projects", "goals", "three_public", "expenditure", "revenue")
        for key, row in corrected.files[name].items()
        for column, text in row.items()
        if key in printed.files[name] and printed.files[name][key][column] != text
    }

    assert changed <= said
    assert {column for file, _, column in changed if file.endswith("projects.csv")} == {
        "name",
        "prose_name",
        "plan_march",
    }
    assert next(corrected.rows("projects"))["plan_march"] == "0%"


def test_a_correction_that_does_not_fit_what_is_printed_is_refused(printed):
    wrong = {"file": "printed/projects.csv", "key": "13030322P003970100068", "column": "name"}

    with pytest.raises(CorrectionError, match="与印制内容不符"):
        _apply(printed.files, {**wrong, "printed": "别的名称", "corrected": "甲"})


def test_the_corrected_texts_are_rid_of_what_made_them_unpublishable(corrected):
    texts = "\n".join(text for rows in corrected.files.values() for row in rows.values() for text in row.values())

    assert re.findall(r"201[78]|…{2}|一般共预算|高校别生|bookmark", texts) == []
