"""What tables by code have in common: rows that add up across, levels that add up downwards, a total of the 类."""

from collections.abc import Iterator
from decimal import Decimal

from budgets.money import FEN, ZERO, MoneyUnit, percentage
from disclosure.audit.citing import Compared, Outcome, Problem, Skipped, added, stated
from disclosure.audit.reading import Sheet
from disclosure.audit.tolerance import printed_in_wan, printed_in_yuan
from disclosure.document import Document

OPEN_END = "下没有列下一级（可能因涉密不细化），不能核对"


def across(document: Document, key: str, parts: tuple[str, ...], total: str = "total") -> Iterator[Outcome]:
    """Compare ``total`` of every row with the sum of ``parts``."""
    sheet = Sheet.of(document, key)
    for number, _ in sheet.numbered:
        if sheet.has_cell(number, total):
            shown = [sheet.cite(number, part) for part in parts if sheet.has_cell(number, part)]
            if not shown and document.context.foreign:
                yield Skipped(f"{sheet.title}没有要核对的列")
                return
            labels = "、".join(sheet.known[part].label for part in parts if part in sheet.known)
            yield Compared(sheet.cite(number, total), added(shown, f"{labels}之和"))


def columns_of(sheet: Sheet) -> list[str]:
    """Return the columns that add up downwards: this year's, and last year's 执行数."""
    return [*sheet.money, *(["previous"] if "previous" in sheet.known else [])]


def downwards(document: Document, key: str) -> Iterator[Outcome]:
    """Compare every row that has rows below it with their sum, in each column."""
    sheet = Sheet.of(document, key)
    parents, deepest = (
        _children(sheet, gaps=document.context.foreign),
        max((row.level for row in sheet.table.rows), default=0),
    )
    for number, row in sheet.numbered:
        below = parents.get(sheet.text(number, "code"), [])
        if row.total or row.level >= deepest:
            continue
        if not below and sheet.text(number, "code"):
            yield Skipped(f"{sheet.title}“{sheet.named(number)}”{OPEN_END}")
        for column in columns_of(sheet) if below else ():
            yield Compared(sheet.cite(number, column), sheet.summed(below, column, f"“{sheet.named(number)}”下级之和"))
    yield from _orphans(sheet, parents)
    if deepest <= 1:
        yield Skipped(f"{sheet.title}只有一级")


def _children(sheet: Sheet, *, gaps: bool) -> dict[str, list[int]]:
    """Return the numbers of the rows below each code: a level has two digits more than the one above.

    ``gaps``: where the row above is not printed, the nearest above it that is, counts.
    """
    codes = {sheet.text(number, "code") for number, _ in sheet.numbered}
    found: dict[str, list[int]] = {}
    for number, row in sheet.numbered:
        if row.level > 1:
            code = sheet.text(number, "code")
            above = (code[:end] for end in range(len(code) - 2, 2, -1) if gaps and code[:end] in codes)
            found.setdefault(next(above, code[:-2]), []).append(number)
    return found


def _orphans(sheet: Sheet, parents: dict[str, list[int]]) -> Iterator[Outcome]:
    codes = {sheet.text(number, "code") for number, _ in sheet.numbered}
    for number in (number for parent, below in parents.items() if parent not in codes for number in below):
        cited = sheet.cite(number, "total")
        yield Problem(f"{sheet.title}“{sheet.named(number)}”没有上级科目行，没有计入合计。请补上级科目。", (cited,))


def footed(document: Document, key: str) -> Iterator[Outcome]:
    """Compare the 合计 row with the sum of the first level, in each column."""
    sheet = Sheet.of(document, key)
    if document.context.foreign and not sheet.at_level(1):
        yield Skipped(f"{sheet.title}看不出哪些行应计入合计")
        return
    for column in columns_of(sheet):
        yield Compared(sheet.total(column), sheet.summed(sheet.at_level(1), column, "各行之和"))


RATE = ("previous", "change", "change_rate")


def changed(document: Document, key: str) -> Iterator[Outcome]:
    """Compare 增减额 and 增减% of every row with what its two years give."""
    sheet = Sheet.of(document, key)
    for number, _ in sheet.numbered:
        now, before = sheet.cite(number, "total").value, sheet.cite(number, "previous").value
        if isinstance(now, Decimal) and isinstance(before, Decimal):
            yield Compared(sheet.cite(number, "change"), stated(now - before, "本年与上年之差"))
            rate = _rated(sheet, number, percentage(now - before, before))
            slack = _rounded(sheet, now, before) if document.context.foreign and before else ZERO
            yield rate._replace(slack=slack) if isinstance(rate, Compared) else rate
        else:
            yield Skipped(f"{sheet.title}“{sheet.named(number)}”没有可以比较的两年数字")


def _rounded(sheet: Sheet, now: Decimal, before: Decimal) -> Decimal:
    """Return by how many points the rounding of both years' figures may move their percentage."""
    step = printed_in_yuan(1) if sheet.table.unit == MoneyUnit.YUAN.label else printed_in_wan(1)
    return (step / abs(before) * (1 + abs(now / before)) * 100).quantize(FEN)


def _rated(sheet: Sheet, number: int, expected: Decimal | None) -> Outcome:
    rate = sheet.cite(number, "change_rate")
    if expected is not None:
        return Compared(rate, stated(expected, "增减额除以上年", measure="%"))
    if isinstance(rate.value, Decimal):
        return Problem(f"{rate.spoken}，但上年为0，不可比。请填“—”。", (rate,))
    return Skipped(f"{sheet.title}“{sheet.named(number)}”上年为0，没有百分比")
