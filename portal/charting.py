"""Charts of the pages that set departments and years side by side: of one phase and one scope, from zero."""

from collections.abc import Iterable
from decimal import Decimal

from budgets.money import ZERO, MoneyUnit, percentage, shown
from disclosure.charts import FULL, MOST, Bar, Chart
from disclosure.models import Edition
from portal.comparing import Comparison
from portal.drilling import Drilled
from portal.three_public import YearTotal

Part = tuple[str, Decimal]


def history(drilled: Drilled, year: int) -> Chart | None:
    """Draw an item's years; how many departments each is added up from stands beside it."""
    known = [(one, one.total) for one in drilled.history if one.total is not None]
    if len(known) < 2 or not any(total > 0 for _, total in known):  # noqa: PLR2004 one year is no history
        return None
    parts = [(f"{one.year}年（{one.published}个部门）", total) for one, total in known]
    now = next((at for at, (one, _) in enumerate(known) if one.year == year), 0)
    item, total = drilled.item, known[now][1]
    share = known[now][0].share
    title = f"“{item.name}”{known[now][0].year}年{_wan(total)}" + (f"，占合计的{share}%" if share is not None else "")
    return Chart("history", title, _bars(parts, now=now))


def departments(drilled: Drilled) -> Chart | None:
    """Draw who has how much of an item, the largest first, the smallest together."""
    parts = [(one.edition.department_name, one.amount) for one in drilled.holders if one.amount > 0]
    parts.sort(key=lambda one: -one[1])
    if len(parts) < 2:  # noqa: PLR2004 one department is the whole
        return None
    whole = sum((amount for _, amount in parts), ZERO)
    (name, largest), rest = parts[0], parts[MOST - 1 :]
    if len(parts) > MOST:
        parts = [*parts[: MOST - 1], (f"其他{len(rest)}个部门", sum((amount for _, amount in rest), ZERO))]
    title = f"“{drilled.item.name}”安排最多的是{name}，{_wan(largest)}，占{percentage(largest, whole)}%"
    return Chart("departments", title, _bars(parts, whole=whole))


def years(known: list[YearTotal], year: int) -> Chart | None:
    """Draw “三公”经费 of all departments by year."""
    if len(known) < 2 or not any(one.total > 0 for one in known):  # noqa: PLR2004 one year is no history
        return None
    now = next((at for at, one in enumerate(known) if one.year == year), 0)
    parts = [(f"{one.year}年（{one.departments}个部门）", one.total) for one in known]
    title = f"{known[now].year}年，{known[now].departments}个已公开的部门共安排“三公”经费{_wan(known[now].total)}"
    return Chart("years", title, _bars(parts, now=now))


def totals(comparison: Comparison) -> Chart | None:
    """Draw the spending of the departments that are compared, in the order of the table."""
    line = next((one for one in comparison.headlines if one.name == "预算支出"), None)
    pairs: Iterable[tuple[Edition, Decimal | None]] = (
        zip(comparison.editions, line.amounts, strict=True) if line else ()
    )
    parts = [(edition.department_name, amount) for edition, amount in pairs if amount and amount > 0]
    if len(parts) < 2:  # noqa: PLR2004 nothing to compare with
        return None
    name, largest = max(parts, key=lambda one: one[1])
    return Chart("totals", f"{len(parts)}个部门中，预算支出最多的是{name}，{_wan(largest)}", _bars(parts))


def _bars(parts: list[Part], *, now: int | None = None, whole: Decimal | None = None) -> list[Bar]:
    """Draw parts from zero; of years all but ``now`` are hollow."""
    longest = max(amount for _, amount in parts)
    return [
        Bar(
            name,
            max(int(amount * FULL / longest), 4) if amount > 0 else 0,
            _wan(amount),
            f"{percentage(amount, whole)}%" if whole else "",
            past=now is not None and at != now,
        )
        for at, (name, amount) in enumerate(parts)
    ]


def _wan(amount: Decimal) -> str:
    return f"{shown(amount, MoneyUnit.WAN)}万元"
