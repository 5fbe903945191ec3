"""Charts: from the facts of a document to bars whose title says what they show; for page and PDF alike.

Bars only, from zero, each with its figure in words beside it, so that they read in black and white and by ear. Lengths
are whole parts of a thousand; the figures are those of the tables.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.money import MoneyUnit, percentage, rate, shown
from disclosure.content import Content
from disclosure.facts import exact
from disclosure.tables.grid import Table

FULL = 1000
"""The length of the longest bar."""
MOST = 8
"""Bars before the smallest are drawn together."""
START = 310
"""Where the bars begin: zero."""
STEP = 34
"""The height of a bar with its space, in the units of the drawing."""


class Bar(NamedTuple):
    """One bar: what it stands for, its length, its figure and share as printed; ``past`` bars are drawn hollow."""

    label: str
    length: int
    figure: str
    share: str = ""
    past: bool = False


class Placed(NamedTuple):
    """A bar in the drawing: its top, the line its words stand on, its width, and where its figure begins."""

    top: int
    line: int
    width: int
    after: int
    bar: Bar


class Chart(NamedTuple):
    """A chart: its title is the finding."""

    key: str
    title: str
    bars: list[Bar]

    @property
    def height(self) -> int:
        """The height of the drawing."""
        return STEP * len(self.bars)

    @property
    def placed(self) -> list[Placed]:
        """Return each bar with its place in a drawing 1000 wide, the labels to the left of 300."""
        widths = [bar.length * 2 // 5 for bar in self.bars]
        return [
            Placed(STEP * at + 5, STEP * at + 23, width, START + width + 10, bar)
            for at, (bar, width) in enumerate(zip(self.bars, widths, strict=True))
        ]

    @property
    def spoken(self) -> str:
        """Say what the drawing shows, for who cannot see it."""
        return f"{self.title}。" + "；".join(f"{bar.label}{bar.figure}" for bar in self.bars)

    @property
    def shares(self) -> bool:
        """Tell whether the bars are parts of a whole."""
        return any(bar.share for bar in self.bars)


def chart_of(key: str, content: Content) -> Chart | None:
    """Draw a chart by its key; None where the document has nothing to show in it."""
    return CHARTS[key](content)


def _functions(content: Content) -> Chart | None:
    """Spending by functional class (类)."""
    table = next((table for table in content.tables if table.key == "spending"), None)
    classes = sorted(_classes(table) if table else (), key=lambda one: -one[1])
    if not classes:
        return None
    total = sum((amount for _, amount in classes), Decimal(0))
    (name, largest), rest = classes[0], classes[MOST - 1 :]
    if len(classes) > MOST:
        classes = [*classes[: MOST - 1], (f"其他{len(rest)}类", sum((amount for _, amount in rest), Decimal(0)))]
    title = f"支出最多的是{name}，{_wan(largest)}，占全部支出的{percentage(largest, total)}%"
    return Chart("functions", title, _parts(classes, total))


def _classes(table: Table) -> Iterator[tuple[str, Decimal]]:
    """Yield the classes of 表三 with what is spent on them."""
    for row in table.rows:
        name, total = row.cells.get("name"), row.cells.get("total")
        if row.level == 1 and not row.total and name and total and Decimal(total) > 0:
            yield name, Decimal(total)


def _kinds(content: Content) -> Chart | None:
    """基本支出 beside 项目支出 and the rest."""
    spent = content.facts.expenditure
    parts = [("基本支出", spent.basic.total), ("项目支出", spent.project), ("其他支出", spent.other)]
    parts = [(name, amount) for name, amount in parts if amount > 0]
    if not parts[1:]:
        return None
    said = "，".join(f"{name}占{percentage(amount, spent.total)}%" for name, amount in parts)
    return Chart("kinds", said, _parts(parts, spent.total))


def _years(content: Content) -> Chart | None:
    """Spending of up to four years."""
    known = [(one.year, total) for one in content.facts.years if isinstance(total := exact(one.total), Decimal)]
    if not known or known[-1][0] != content.year - 1:
        return None
    now, before = content.facts.expenditure.total, known[-1][1]
    bars = [(f"{year}年", total) for year, total in known] + [(f"{content.year}年", now)]
    longest = max(total for _, total in bars)
    drawn = [Bar(name, _length(total, longest), _wan(total), past=name != bars[-1][0]) for name, total in bars]
    moved = "与上年持平" if now == before else f"比上年{'增加' if now > before else '减少'}{_wan(abs(now - before))}"
    grown = "" if now == before else f"（{rate(now - before, before)}）"
    return Chart("years", f"{content.year}年预算支出{_wan(now)}，{moved}{grown}", drawn)


def _three_public(content: Content) -> Chart | None:
    """“三公”经费 by item, this year's beside last year's."""
    facts = content.facts.three_public
    pairs = [(item.name, item.amount, exact(item.previous)) for item in facts.items]
    figures = [figure for _, now, before in pairs for figure in (now, before) if isinstance(figure, Decimal)]
    longest = max(figures, default=Decimal(0))
    if longest <= 0:
        return None
    bars: list[Bar] = []
    for name, now, before in pairs:
        if now or (isinstance(before, Decimal) and before):
            bars.append(Bar(f"{name}　{content.year}年", _length(now, longest), _wan(now)))
            if isinstance(before, Decimal):
                bars.append(Bar(f"{name}　{content.year - 1}年", _length(before, longest), _wan(before), past=True))
    title = f"“三公”经费{_wan(facts.total)}" + _moved(facts.total, exact(facts.previous_total))
    return Chart("three_public", title, bars)


def _moved(now: Decimal, before: object) -> str:
    if not isinstance(before, Decimal):
        return ""
    if now == before:
        return "，与上年持平"
    return f"，比上年{'增加' if now > before else '减少'}{_wan(abs(now - before))}"


def _parts(parts: list[tuple[str, Decimal]], total: Decimal) -> list[Bar]:
    longest = max(amount for _, amount in parts)
    return [
        Bar(name, _length(amount, longest), _wan(amount), f"{percentage(amount, total)}%") for name, amount in parts
    ]


def _length(amount: Decimal, longest: Decimal) -> int:
    """Return a bar's length; what is more than nothing can be seen."""
    return max(int(amount * FULL / longest), 4) if amount > 0 and longest > 0 else 0


def _wan(amount: Decimal) -> str:
    return f"{shown(amount, MoneyUnit.WAN)}万元"


CHARTS: dict[str, Callable[[Content], Chart | None]] = {
    "functions": _functions,
    "kinds": _kinds,
    "years": _years,
    "three_public": _three_public,
}
