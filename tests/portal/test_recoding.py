"""Histories across changed codes: a new code is followed, what was split or merged is a break."""

import pytest
from published import text_of
from sidebyside import beside, with_table

from budgets.models import CodeChange
from disclosure.tables.grid import Row
from portal.recoding import Recoding

YEARS = [2021, 2022, 2023, 2024]


def change(old: str, new: str, last: int = 2022, kind: str = "renamed", **more) -> CodeChange:
    names = {"old_name": f"名{old}", "new_name": f"名{new}"}
    known = {"scheme": "functional_general", "old_code": old, "new_code": new, **names}
    return CodeChange(kind=kind, last_year_of_old=last, **{**known, **more})


def codes(*changes, code="2013299", year=2023):
    return Recoding(changes).trace(code, year, YEARS).codes


def said(*changes, code="2013299", year=2023):
    return [(one.said, one.comparable) for one in Recoding(changes).trace(code, year, YEARS).breaks]


def test_a_new_code_is_followed_back_and_on():
    changes = [change("2013250", "2013299"), change("2013299", "2013298", 2023)]

    assert codes(*changes) == {2021: "2013250", 2022: "2013250", 2023: "2013299", 2024: "2013298"}
    assert said(*changes) == [
        ("2023年起科目代码由“2013250 名2013250”改为“2013299 名2013299”", True),
        ("2024年起科目代码由“2013299 名2013299”改为“2013298 名2013298”", True),
    ]


def test_a_new_name_is_told():
    renamed = change("2013299", "2013299", old_name="旧名", new_name="新名")

    assert said(renamed) == [("2023年起科目名称由“旧名”改为“新名”", True)]
    assert set(codes(renamed).values()) == {"2013299"}


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([change("1", "2013299", kind="merged"), change("2", "2013299", kind="merged")], "由“1 名1”、“2 名2”合并而来"),
        ([change("1", "2013299", kind="split"), change("1", "3", kind="split")], "由“1 名1”拆分而来"),
        ([change("1", "2013299", comparable=False)], "由“1 名1”调整而来"),
        ([change("1", "2013299"), change("1", "3")], "由“1 名1”调整而来"),
    ],
)
def test_what_is_more_than_a_code_is_a_break(changes, words):
    assert said(*changes) == [(f"2023年起{words}，口径不可比", False)]
    assert set(codes(*changes).values()) == {"2013299"}


def test_an_old_code_tells_what_it_was_split_into():
    changes = [change("2013299", code, kind="split") for code in ("3", "4")]

    assert said(*changes, year=2022) == [("2023年起拆分为“3 名3”、“4 名4”，口径不可比", False)]


def test_codes_that_go_in_a_circle_end():
    changes = [change("1", "2", 2022), change("2", "1", 2021), change("1", "2", 2020)]

    assert codes(*changes, code="2", year=2024) == {2021: "2", 2022: "1", 2023: "2", 2024: "2"}


def test_the_same_change_of_two_lists_is_one():
    both = [change("1", "2013299"), change("1", "2013299", scheme="functional_fund")]

    assert codes(*both)[2022] == "1"


def test_a_page_follows_its_code(client, edition):
    def recoded(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        old = {"20132": "20150", "2013299": "2015099"}
        return tuple(
            Row(row.level, row.total, {**row.cells, "code": old.get(row.cells.get("code"), row.cells.get("code"))})
            for row in rows
        )

    beside(edition, "203", 2023, with_table("spending", recoded))
    change("2013299", "2015099").save()

    page = client.get("/130303/2023/functions/2015099/")

    assert '<a href="/130303/2022/functions/2013299/">2022年</a>' in page.content.decode()
    assert (
        "2023年116.0010.63%1个部门已公开2023年起科目代码由“2013299名2013299”改为“2015099名2015099”"
        "2022年116.0010.63%1个部门已公开，当年编码2013299" in text_of(page)
    )
