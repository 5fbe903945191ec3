"""Goal tables whose head is printed as lines above the columns, as this portal prints it, brought into the table."""

import re
from collections.abc import Iterator

from budgets.readers.blocks import Block, Cell, Paragraph, Table
from disclosure.intake.past.goals import CODE, NAME, is_goal_table
from disclosure.intake.past.proposal import Value

LABELLED = re.compile(
    r"(单位|项目编码|项目代码|项目名称|预算数|资金用途|资金支出计划|绩效目标)(?:（[^）]*）)?\s*(?:[：:]\s*(.*)|$)"
)
MONEY = re.compile(r"(预算数|财政资金|其他资金)\s*[：:]\s*([\d.,]+)")
MONTH = re.compile(r"(\d{1,2}月[底末])\s*([\d.]+[%％]|—)?")
STATEMENT = re.compile(r"\d{1,2}[.．、]")
CODED = re.compile(r"\d{6,9}\D")
Row = list[Cell]


def with_forms(blocks: list[Block]) -> list[Block]:
    """Return the blocks with each such head as rows of the table below it."""
    found: list[Block] = []
    for block in blocks:
        if isinstance(block, Table) and is_goal_table((Value(), block)):
            start = _start(found)
            head = [row for paragraph in _paragraphs(found[start:]) for row in _rows(paragraph)]
            if any(row[0].text in (*CODE, *NAME) for row in head):
                del found[start:]
                found.append(Table(block.place, [*_stated(_named(head)), *block.rows]))
                continue
        found.append(block)
    return found


def _start(blocks: list[Block]) -> int:
    """Return where the lines of a head begin, at the end of the blocks."""
    at = len(blocks)
    while at and isinstance(above := blocks[at - 1], Paragraph) and _of_head(above.text):
        at -= 1
    return at


def _of_head(text: str) -> bool:
    return bool(LABELLED.match(text)) or (bool(STATEMENT.match(text)) and not text.endswith("绩效目标表"))


def _paragraphs(blocks: list[Block]) -> Iterator[Paragraph]:
    return (block for block in blocks if isinstance(block, Paragraph))


def _rows(paragraph: Paragraph) -> list[Row]:
    """Return a line as rows: its label with its value, its amounts, or its months above their shares."""
    place, text = paragraph.place, paragraph.text
    labelled = LABELLED.match(text)
    if labelled is None:
        return [[Cell(place, "", 0), Cell(place, text, 1)]]
    label, words = labelled[1], labelled[2] or ""
    if label == "单位":
        return [[Cell(place, words, 0)]] if CODED.match(words) else []
    if label == "预算数":
        pairs = [Cell(place, part, 0) for found in MONEY.findall(text) for part in found]
        return [[cell._replace(column=at) for at, cell in enumerate(pairs)]]
    if label == "资金支出计划":
        months = MONTH.findall(words)
        return [[Cell(place, month[part].strip("—"), at) for at, month in enumerate(months)] for part in (0, 1)]
    return [[Cell(place, label, 0), Cell(place, words, 1)]]


def _named(rows: list[Row]) -> list[Row]:
    """Put a project's name beside its code: a row of its own would begin another project."""
    coded = next((row for row in rows if row[0].text in CODE), None)
    named = next((row for row in rows if row[0].text in NAME), None)
    if coded is None or named is None:
        return rows
    both = [*coded, *(cell._replace(column=cell.column + 2) for cell in named)]
    return [both if row is coded else row for row in rows if row is not named]


def _stated(rows: list[Row]) -> list[Row]:
    """Put 绩效目标 last: what stands below it are its lines."""
    goals = [row for row in rows if row[0].text in {"绩效目标", ""} and len(row) > 1 and row[1].text]
    others = [row for row in rows if row not in goals and row[0].text != "绩效目标"]
    if not goals:
        return others
    place = goals[0][1].place
    return [*others, [Cell(place, "绩效目标", 0), Cell(place, "\n".join(row[1].text for row in goals), 1)]]
