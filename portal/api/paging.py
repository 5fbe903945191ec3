"""One page of a list, with the ways to the others: by numbers where few, from row to row where many.

A long list is neither counted nor skipped through: whoever wants all of it follows ``next``, which names the last row
that was given (``after``), so that each page costs the same, and rows published meanwhile move nothing.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

from portal.api.asked import AFTER, COUNTED, PAGE, SIZE, USUAL_SIZE


def paged(
    request: HttpRequest, said: dict[str, str], rows: QuerySet[Any], shown: Callable[[list[Any]], list[Any]]
) -> dict[str, Any]:
    """Return the page that was asked for, in two statements; a page after the last is empty.

    ``rows`` are in an order that no two of them share. What is more than ``COUNTED`` is not counted.
    """
    number, size = int(said.get(PAGE.name, "1")), int(said.get(SIZE.name, USUAL_SIZE))
    count = rows.order_by().values_list("pk", flat=True)[: COUNTED + 1]
    counted = len(count) if len(count) <= COUNTED else None
    after = said.get(AFTER)
    start = 0 if after else (number - 1) * size
    wanted = rows.filter(_behind(rows, after.split("."))) if after else rows
    there = counted is None or start < counted
    found = list(wanted[start : start + size + 1]) if there else []
    more, results = len(found) > size, found[:size]
    pages = None if counted is None else -(-counted // size)
    return {
        "count": counted,
        "page": None if after else number,
        "pages": pages,
        "next": _next(request, rows, results[-1], None if after or pages is None else number) if more else None,
        "previous": _to(request, **_before(number, pages)) if number > 1 and not after and pages != 0 else None,
        "results": shown(results),
    }


def _before(number: int, pages: int | None) -> dict[str, str]:
    return {PAGE.name: str(number - 1 if pages is None else min(number - 1, pages))}


def _next(request: HttpRequest, rows: QuerySet[Any], last: Any, number: int | None) -> str:
    """Return the address of the next page: its number where pages are numbered, else the last row of this one."""
    if number is not None:
        return _to(request, **{PAGE.name: str(number + 1)})
    return _to(request, **{AFTER: ".".join(str(getattr(last, name.lstrip("-"))) for name in _order(rows))})


def _order(rows: QuerySet[Any]) -> tuple[str, ...]:
    return tuple(rows.query.order_by)


def _behind(rows: QuerySet[Any], values: list[str]) -> Q:
    """Keep the rows that come after one with such values: a range of the index in whose order the rows are."""
    order = list(zip(_order(rows), values, strict=True))
    wanted = Q()
    for name, value in reversed(order):
        field, way = name.lstrip("-"), "lt" if name.startswith("-") else "gt"
        wanted = Q(**{f"{field}__{way}": value}) | (Q(**{field: value}) & wanted if wanted else Q())
    return Q(**{f"{order[0][0]}__gte": order[0][1]}) & wanted


def _to(request: HttpRequest, **asked: str) -> str:
    query = request.GET.copy()
    for name in (PAGE.name, AFTER):
        query.pop(name, None)
    for name, value in asked.items():
        query[name] = value
    return f"{request.path}?{query.urlencode()}"
