"""Random documents in both layouts: the columns are those of the sample's tables, everything in them is made up."""

import random
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from disclosure.content import Content, parse
from disclosure.document import Context, Document, Imprint
from disclosure.tables.grid import Column, Field, Row, Table

GOLDEN = Path(__file__).parents[2] / "golden"
NAMES = ("shanhaiguan-2022", "shanhaiguan-2022-national")
WORDS = (
    "一般公共服务支出",
    "㐀㐁机关",
    "𠮷祥街道办事处",
    "=1+1",
    "@SUM(A1:A9)",
    "+cmd|' /C calc'!A0",
    "-5办公费",
    "'引号在前",
    '“三公”经费，含"引号"',
    "第一行\n第二行",
    "1,090.88",
    "2013201",
    "<b>粗</b>&amp;",
    "_x0041_款",
    "不适用",
    "n/a",
    "—",
    "很长的名称" * 60,
)
FIGURES = {
    "money": (
        "0.00",
        "0.01",
        "-0.01",
        "49.99",
        "50.00",
        "-50.00",
        "9.95",
        "10908800.00",
        "-1307800.55",
        "9999999999999.99",
    ),
    "number": ("0", "830", "2.5", "-3", "1000000"),
    "rate": ("0.00", "-10.71", "100.00", "12.35"),
}


def bases() -> list[Content]:
    """Return the sample in each layout."""
    return [parse((GOLDEN / f"{name}.json").read_text(encoding="utf-8")) for name in NAMES]


def random_document(base: Content, seed: int, *, long: bool = True) -> Document:
    """Return a document of a few of the base's tables, filled at random."""
    dice = random.Random(seed)  # noqa: S311 documents, not secrets
    goals = [table for table in base.tables if table.key.startswith("goal-")]
    forms = [table for table in base.tables if table not in goals[1:]]
    tables = tuple(_table(dice, dice.choice(forms), f"{number}", long=long) for number in range(dice.randint(2, 4)))
    kept, sections = iter(tables), []
    for section in base.sections:
        blocks = [block for block in section.blocks if not block.table][:3]
        if (table := next(kept, None)) is not None:
            blocks.append(
                msgspec.structs.replace(base.sections[0].blocks[0], paragraph=None, role=None, table=table.key)
            )
        words = [
            msgspec.structs.replace(one, paragraph=_word(dice, long=long)) if one.paragraph else one for one in blocks
        ]
        sections.append(msgspec.structs.replace(section, blocks=tuple(words)))
    content = msgspec.structs.replace(base, sections=tuple(sections), tables=tables)
    at = datetime(2022, 2, 1, 4, tzinfo=UTC)
    document = Document(content, Context())
    imprint = Imprint(
        1, "first", at, None, "", document.sha256, "130303203/2022-00001", "", "预算", "区", date(2022, 1, 31)
    )
    document.context = Context(imprint=imprint)
    return document


def _table(dice: random.Random, like: Table, key: str, *, long: bool) -> Table:
    rows = tuple(_row(dice, like.columns, long=long) for _ in range(dice.randint(0, 6)))
    fields = tuple(Field(one.label, one.kind, _wire(dice, one.kind, long=long)) for one in like.fields)
    return msgspec.structs.replace(
        like,
        key=f"{like.key}-{key}",
        rows=rows,
        fields=fields,
        notes=tuple(_word(dice, long=long) for _ in like.notes),
        empty_reason=None if rows else "无此项公开内容，空表列示。",
    )


def _row(dice: random.Random, columns: tuple[Column, ...], *, long: bool) -> Row:
    filled = [column for column in columns if dice.random() > 0.1]
    return Row(dice.randint(0, 3), dice.random() < 0.2, {one.key: _wire(dice, one.kind, long=long) for one in filled})


def _wire(dice: random.Random, kind: str, *, long: bool) -> str | None:
    chance = dice.random()
    if kind in FIGURES:
        if chance < 0.3:
            return None if chance < 0.15 else "n/a"
        if kind == "money" and chance > 0.6:
            fen = dice.randint(-(10 ** dice.randint(1, 13)), 10 ** dice.randint(1, 14))
            return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"
        return dice.choice(FIGURES[kind])
    if kind == "code":
        return None if chance < 0.2 else dice.choice(("201", "20132", "2013201", "000123", "203001"))
    return None if chance < 0.1 else _word(dice, long=long)


def _word(dice: random.Random, *, long: bool) -> str:
    return dice.choice(WORDS if long else [word for word in WORDS if len(word) < 30 and "\n" not in word])
