"""Plain frozen tables: two faces of a value, headers in groups, blanks that are not zeros."""

from decimal import Decimal

import pytest

from budgets.money import NOT_APPLICABLE
from disclosure.tables.grid import Cell, Column, HeaderCell, Row, Table
from disclosure.tables.ordinals import ordinal

MONEY, TEXT, NUMBER = Column("a", "金额", kind="money"), Column("b", "名称"), Column("c", "数量", kind="number")


def table(*columns: Column, rows: tuple[Row, ...] = ()) -> Table:
    return Table("t", None, "表一", "某表", "万元", columns, rows)


@pytest.mark.parametrize(
    ("column", "wire", "value", "render"),
    [
        (MONEY, "11700.00", Decimal("11700.00"), "1.17"),
        (MONEY, "0.00", Decimal("0.00"), "0.00"),
        (MONEY, None, None, "—"),
        (MONEY, "n/a", NOT_APPLICABLE, "不适用"),
        (MONEY, "", "", ""),
        (NUMBER, "830", Decimal(830), "830"),
        (NUMBER, None, None, "—"),
        (TEXT, "甲", "甲", "甲"),
        (TEXT, None, None, ""),
    ],
)
def test_a_cell_has_two_faces(column, wire, value, render):
    cell = Cell(column, wire)

    assert (cell.value, cell.render) == (value, render)


def test_a_cell_in_yuan_is_printed_in_yuan():
    assert Cell(MONEY, "11700.00", "元").render == "11700.00"


def test_headers_without_groups_take_one_row():
    assert table(TEXT, MONEY).headers == [[HeaderCell("名称", 1, 1), HeaderCell("金额", 1, 1)]]


def test_headers_in_groups_take_two_rows():
    grouped = table(TEXT, Column("x", "甲", "收入", "money"), Column("y", "乙", "收入", "money"))

    assert grouped.headers == [
        [HeaderCell("名称", 1, 2), HeaderCell("收入", 2, 1)],
        [HeaderCell("甲", 1, 1), HeaderCell("乙", 1, 1)],
    ]
    assert [cell.scope for cell in grouped.headers[0]] == ["col", "colgroup"]


def test_a_column_the_row_does_not_name_prints_blank():
    [(_, cells, _)] = table(TEXT, MONEY, rows=(Row(1, total=False, cells={"b": "甲"}),)).body

    assert [cell.render for cell in cells] == ["甲", ""]


def test_the_foot_is_the_total_rows_own_figure():
    rows = (Row(0, total=True, cells={"a": "3.00"}), Row(1, total=False, cells={"a": "3.00"}))

    assert table(MONEY, rows=rows).foot("a") == Decimal("3.00")


@pytest.mark.parametrize(("number", "said"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (34, "三十四")])
def test_ordinals_are_chinese(number, said):
    assert ordinal(number) == said
