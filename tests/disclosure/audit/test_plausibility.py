"""What is asked about when figures change, and what is not."""

import msgspec
import pytest
from faults import fact, put, spoiled

from disclosure.audit import run
from disclosure.document import Document

ITEM = "2210201"


def steady(document):
    """Return the document in which last year was like this year."""
    table = document.table("general_expenditure")
    edits = [
        put("general_expenditure", row.cells["code"], "previous", row.cells["total"])
        for row in table.rows
        if row.cells.get("code")
    ]
    return spoiled(document, *edits)


def test_a_year_like_the_last_asks_nothing(bases):
    assert run(steady(bases["national"]), ["P01", "P02"]).passed == ["P01", "P02"]


@pytest.mark.parametrize(
    ("now", "then", "codes"),
    [
        ("110000.00", "100000.00", ["P01"]),
        ("109999.99", "100000.00", []),
        ("90000.00", "100000.00", ["P01"]),
        ("20000.00", "10000.01", []),
        ("20000.01", "10000.00", ["P01"]),
        ("10000.00", "0.00", ["P02"]),
        ("9999.99", "0.00", []),
        ("0.00", "10000.00", ["P02"]),
        ("10000.00", None, []),
    ],
)
def test_a_tenth_and_ten_thousand_yuan_together_are_asked_about(bases, now, then, codes):
    of = steady(bases["national"])
    changed = spoiled(
        of, put("general_expenditure", ITEM, "total", now), put("general_expenditure", ITEM, "previous", then)
    )

    assert [finding.code for finding in run(changed, ["P01", "P02"]).findings] == codes


def test_last_years_own_table_is_compared_where_this_years_prints_no_column(bases):
    now = bases["hebei"]
    then = spoiled(now, put("general_expenditure", ITEM, "total", "1.00")).content
    around = msgspec.structs.replace(now.context, last_content=then)

    (finding,) = run(Document(now.content, around), ["P01"]).findings

    assert ITEM in finding.message
    assert finding.message.endswith("请核对，并说明原因。")


def test_a_project_of_both_years_is_compared_by_its_code(bases):
    now = bases["hebei"]
    before = spoiled(now, fact("projects.0.amount", lambda amount: amount * 2)).content.facts
    around = msgspec.structs.replace(now.context, last_year=before)

    (finding,) = run(Document(now.content, around), ["P01"]).findings

    assert now.content.facts.projects[0].name in finding.message
    assert "减少50.00%" in finding.message
