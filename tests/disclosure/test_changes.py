"""The difference of two contents: nothing when nothing changed, and every change once, by its natural key."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import randoms
from msgspec.structs import replace

from disclosure.changes import Changes
from disclosure.changes.fates import Fate
from disclosure.changes.rows import NAMING, SIDES, entries, sides_of
from disclosure.changes.tables import difference
from disclosure.changes.words import passages
from disclosure.content import Content, parse
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.tables.grid import Cell, Column, Row, Table

MONEY = Column("amount", "金额", kind="money")
NAMED = (Column("name", "名称"), MONEY)
CODED = (Column("code", "编码", kind="code"), *NAMED)
TWO_SIDED = (
    Column("ordinal", "序号", kind="number"),
    Column("income", "项目", "收入"),
    Column("income_amount", "预算数", "收入", "money"),
    Column("spending", "项目", "支出"),
    Column("spending_amount", "预算数", "支出", "money"),
)
often = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
NAMES = {"code", "ordinal", *SIDES, *NAMING}


@pytest.fixture(params=sorted(LAYOUTS))
def content(request, disclosure) -> Content:
    """The sample in each layout."""
    return parse(Document.of(disclosure, LAYOUTS[request.param]).canonical)


def a_table(columns=NAMED, *rows, **more) -> Table:
    """A table whose rows are given as (level, cells)."""
    drawn = tuple(Row(level, total=level == 0, cells=cells) for level, cells in rows)
    return Table("t", 1, "表一", "收支表", "万元", columns, drawn, **more)


def money(name: str, amount: str | None, **more) -> tuple[int, dict]:
    """A row of a table of names and amounts."""
    return 1, {**more, "name": name, "amount": amount}


def compared(document, *tables: tuple[Table, ...]):
    """Return the changes of the tables, one list of rows a table."""
    before, after = (replace(document.content, tables=each) for each in tables)
    return Changes.between(before, after).tables


def said(document, old: Table, new: Table) -> list[tuple]:
    """Return every changed cell of one table with its row and fate."""
    found = compared(document, (old,), (new,))
    cells = [(row, cell) for table in found for row in table.rows for cell in row.cells]
    return [(row.fate, row.name, cell.column, cell.before, cell.after, cell.difference) for row, cell in cells]


def shuffled(table: Table, random: Random) -> Table:
    """Return a table with its rows in another order: codes in any, labels together with what stands below them."""
    coded = any(column.key == "code" for column in table.columns)
    groups: list[list[Row]] = []
    for row in table.rows:
        below = row.level > 1 or (row.cells.get("income") or "").startswith("　")
        if groups and below and not coded and not row.total:
            groups[-1].append(row)
        else:
            groups.append([row])
    random.shuffle(groups)
    return replace(table, rows=tuple(row for group in groups for row in group))


def test_a_content_does_not_differ_from_itself(content):
    assert Changes.between(content, content).empty


@often
@given(random=randoms(use_true_random=False))
def test_the_order_of_rows_and_tables_says_nothing(content, random):
    tables = [shuffled(table, random) for table in content.tables]
    random.shuffle(tables)

    assert Changes.between(content, replace(content, tables=tuple(tables))).empty


@often
@given(random=randoms(use_true_random=False))
def test_every_changed_cell_is_reported_once_under_its_natural_key(content, random):
    tables, expected = [], []
    for table in content.tables:
        rows = list(table.rows)
        keys = {(id(entry.row), side): entry.key for side in sides_of(table) for entry in entries(table, side)}
        for at in random.sample(range(len(rows)), min(3, len(rows))):
            free = [
                c for c in table.columns if c.key not in NAMES and c.key in rows[at].cells and c.key != table.naming
            ]
            for column in random.sample(free, min(2, len(free))):
                sided = sides_of(table) == SIDES
                side = ("income" if column.key.startswith("income") else "spending") if sided else ""
                key = keys[id(table.rows[at]), side]
                expected.append((table.key, ((side,), *key) if side else key, column.key))
                figure = column.kind != "text"
                old = rows[at].cells[column.key]
                new = str(Decimal(old or 0) + 1) if figure and old != "n/a" else "7" if figure else f"{old}改"
                rows[at] = replace(rows[at], cells={**rows[at].cells, column.key: new})
        tables.append(shuffled(replace(table, rows=tuple(rows)), random))

    changes = Changes.between(content, replace(content, tables=tuple(tables)))

    rows = [(table.key, row) for table in changes.tables for row in table.rows]
    found = [(key, row.key, cell.column) for key, row in rows for cell in row.cells]
    assert sorted(found) == sorted(expected)
    assert {row.fate for _, row in rows} == {Fate.CHANGED}
    assert len(expected) > 20


@often
@given(random=randoms(use_true_random=False))
def test_every_removed_row_is_reported_once_and_back_again_as_added(content, random):
    tables, gone = [], []
    for table in content.tables:
        leaves = [row for row in table.rows if row.cells.get("code")]
        lost = random.sample(leaves, min(2, len(leaves)))
        gone += [(table.key, (("code", row.cells["code"]),)) for row in lost]
        tables.append(replace(table, rows=tuple(row for row in table.rows if row not in lost)))
    less = replace(content, tables=tuple(tables))

    for before, after, fate in ((content, less, Fate.REMOVED), (less, content, Fate.ADDED)):
        found = [(table.key, row) for table in Changes.between(before, after).tables for row in table.rows]

        assert sorted((key, row.key) for key, row in found) == sorted(gone)
        assert {row.fate for _, row in found} == {fate}
    assert gone


def test_an_amount_shows_both_values_and_the_exact_difference(document):
    old, new = (a_table(CODED, money("办公费", amount, code="30201")) for amount in ("15400.00", "18001.50"))

    assert said(document, old, new) == [(Fate.CHANGED, "30201 办公费", "amount", "1.54", "1.80", "+0.26015")]


def test_amounts_alike_only_when_rounded_are_given_to_the_fen(document):
    old, new = (a_table(NAMED, money("办公费", amount)) for amount in ("15400.00", "15399.00"))

    assert said(document, old, new) == [
        (Fate.CHANGED, "办公费", "amount", "1.54（15400.00元）", "1.54（15399.00元）", "-0.0001")
    ]


@pytest.mark.parametrize(
    ("before", "after", "printed"),
    [(None, "0.00", ("—", "0.00")), ("n/a", None, ("不适用", "—")), ("0.00", "n/a", ("0.00", "不适用"))],
)
def test_missing_zero_and_not_applicable_are_three_things(document, before, after, printed):
    [change] = said(document, a_table(NAMED, money("甲", before)), a_table(NAMED, money("甲", after)))

    assert change[3:] == (*printed, "")


def test_a_row_with_a_code_may_change_its_name(document):
    old, new = (a_table(CODED, money(name, "1.00", code="30201")) for name in ("办公", "办公费"))

    assert said(document, old, new) == [(Fate.CHANGED, "30201 办公费", "name", "办公", "办公费", "")]


def test_a_row_without_a_code_goes_by_its_label_and_not_by_its_number(document):
    old = a_table(NAMED, money("一、甲", "1.00"), money("二、乙", "2.00"))
    new = a_table(NAMED, money("一、乙", "2.00"))

    assert said(document, old, new) == [
        (Fate.CHANGED, "乙", "name", "二、乙", "一、乙", ""),
        (Fate.REMOVED, "甲", "name", "一、甲", "", ""),
        (Fate.REMOVED, "甲", "amount", "0.00", "", ""),
    ]


def test_a_label_that_stands_twice_goes_by_what_is_above_it(document):
    def table(last: str) -> Table:
        rows = [("一、本年收入", "3.00"), ("　一般预算", "3.00"), ("二、上年结转", "4.00"), ("　一般预算", last)]
        return a_table(NAMED, *(money(*row) for row in rows))

    assert said(document, table("40000.00"), table("50000.00")) == [
        (Fate.CHANGED, "上年结转 › 一般预算", "amount", "4.00", "5.00", "+1.00")
    ]


def test_rows_alike_in_name_are_paired_by_what_they_have_in_common(document):
    old = [money("电脑", "10000.00"), money("电脑", "20000.00"), money("电脑", "20000.00")]
    new = [money("电脑", "20000.00"), money("电脑", "30000.00"), money("电脑", "20000.00")]
    changed = [(Fate.CHANGED, "电脑", "amount", "1.00", "3.00", "+2.00")]

    assert said(document, a_table(NAMED, *old), a_table(NAMED, *new)) == changed
    assert said(document, a_table(NAMED, *reversed(old)), a_table(NAMED, *new)) == changed
    assert said(document, a_table(NAMED, *old), a_table(NAMED, *new[:2])) == [
        *changed,
        (Fate.REMOVED, "电脑", "name", "电脑", "", ""),
        (Fate.REMOVED, "电脑", "amount", "2.00", "", ""),
    ]


def test_the_sides_of_a_table_are_compared_each_by_itself(document):
    def table(*spending: str) -> Table:
        rows = [
            (1, {"ordinal": str(at), "income": f"收{at}", "income_amount": "0.00"} | {"spending": name})
            for at, name in enumerate(spending)
        ]
        return a_table(TWO_SIDED, *rows)

    assert said(document, table("教育", "卫生", "住房"), table("住房", "教育", "农林水")) == [
        (Fate.ADDED, "农林水", "spending", "", "农林水", ""),
        (Fate.REMOVED, "卫生", "spending", "卫生", "", ""),
    ]


def test_an_indicator_goes_by_its_classes_and_name(document):
    columns = (Column("level1", "一级"), Column("level2", "二级"), Column("name", "三级"), Column("target", "指标值"))

    def table(*targets: str) -> Table:
        rows = [
            ({"level1": "产出", "level2": each, "name": "数量", "target": target})
            for each, target in zip("甲乙", targets, strict=True)
        ]
        return a_table(columns, *((1, row) for row in rows))

    assert said(document, table("≥1", "≥2"), table("≥1", "≥3")) == [
        (Fate.CHANGED, "产出 · 乙 · 数量", "target", "≥2", "≥3", "")
    ]


def test_what_stands_above_the_rows_is_compared_too(document):
    old = a_table(NAMED, empty_reason="没有安排。", notes=("1.办好。",))
    new = replace(a_table((NAMED[0],)), title="收支总表", notes=("1.办好。", "2.办快。"))

    [table] = compared(document, (old,), (new,))

    [head] = table.rows
    assert [(cell.label, cell.before, cell.after) for cell in head.cells] == [
        ("表题", "表一 收支表", "表一 收支总表"),
        ("空表说明", "没有安排。", ""),
        ("列", "金额", ""),
    ]
    assert [passage.fate for passage in table.notes] == [Fate.ADDED]


def test_another_unit_on_paper_is_no_other_amount(document):
    old = a_table(NAMED, money("甲", "10000.00"))
    new = replace(old, unit="元")

    assert said(document, old, new) == [(Fate.CHANGED, "表头", "unit", "万元", "元", "")]


def test_a_new_table_and_one_that_is_gone_are_named(document):
    old, new = a_table(), replace(a_table(), key="u")

    assert [(table.key, table.fate) for table in compared(document, (old,), (new,))] == [
        ("u", Fate.ADDED),
        ("t", Fate.REMOVED),
    ]


def test_a_difference_is_only_said_of_two_amounts():
    assert difference(Cell(MONEY, None), Cell(MONEY, "1.00")) == ""
    assert difference(Cell(MONEY, "2.00", "元"), Cell(MONEY, "1.50", "元")) == "-0.50"
    assert difference(Cell(Column("n", "数", kind="number"), "1"), Cell(Column("n", "数", kind="number"), "2")) == ""


def test_inside_a_paragraph_only_the_changed_sentence_is_told():
    old, new = "收入一百万元。比上年增加。原因是人员增加。", "收入一百万元。比上年减少。原因是人员增加。"

    [passage] = passages(["甲段。", old], ["甲段。", new])

    assert [piece.text for piece in passage.before if not piece.kept] == ["比上年增加。"]
    assert [piece.text for piece in passage.after if not piece.kept] == ["比上年减少。"]


@pytest.mark.parametrize(
    ("old", "new", "fates"),
    [
        ([], [], []),
        (["甲段文字。"], [], [Fate.REMOVED]),
        ([], ["甲段文字。"], [Fate.ADDED]),
        (["甲段文字。"], ["完全不同的一句话！"], [Fate.REMOVED, Fate.ADDED]),
        (["甲段文字。"], ["另有说明。", "甲段文字，改过。"], [Fate.ADDED, Fate.CHANGED]),
    ],
)
def test_a_paragraph_is_new_gone_or_changed(old, new, fates):
    assert [passage.fate for passage in passages(old, new)] == fates


@often
@given(random=randoms(use_true_random=False))
def test_a_text_can_be_rebuilt_from_its_changes(random):
    words = ["收入增加。", "支出减少。", "原因是政策变化。", "无。", "持平；", "其他"]
    old, new = (
        ["".join(random.choices(words, k=random.randint(1, 4))) for _ in range(random.randint(0, 6))] for _ in range(2)
    )

    found = list(passages(old, new))

    gone = ["".join(piece.text for piece in passage.before) for passage in found if passage.before]
    come = ["".join(piece.text for piece in passage.after) for passage in found if passage.after]
    assert without(old, gone) == without(new, come)


def without(texts: list[str], taken: list[str]) -> list[str]:
    """Return what is left of the texts, in their order, once each of those taken is struck out."""
    left = list(reversed(texts))
    for text in reversed(taken):
        left.remove(text)
    return sorted(left)


CHARTS = 3
"""The charts at the end of a section; they have no words of their own."""


def test_a_section_tells_its_new_heading_and_its_changed_words(document):
    content = document.content
    first, second, *others = content.sections
    retitled = replace(first, title="改过的标题")
    shorter = replace(second, blocks=second.blocks[: -1 - CHARTS])

    changes = Changes.between(content, replace(content, sections=(retitled, shorter, *others[1:]), preamble="另一句。"))

    assert [
        (section.key, section.fate, bool(section.before), bool(section.passages)) for section in changes.sections
    ] == [
        ("preamble", Fate.CHANGED, False, True),
        (first.key, Fate.CHANGED, True, False),
        (second.key, Fate.CHANGED, False, True),
        (others[0].key, Fate.REMOVED, False, True),
    ]


def test_metadata_is_told_by_name(document):
    content = document.content

    changes = Changes.between(content, replace(content, title="另一标题", notice=None))

    assert [(said.label, said.before, said.after) for said in changes.metadata] == [
        ("标题", content.title, "另一标题"),
        ("显著标注", content.notice, ""),
    ]
