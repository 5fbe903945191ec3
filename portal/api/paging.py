"""One page of a list, with the ways to the others."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest

from portal.api.asked import PAGE, SIZE, USUAL_SIZE


def paged(
    request: HttpRequest, said: dict[str, str], rows: QuerySet[Any], shown: Callable[[list[Any]], list[Any]]
) -> dict[str, Any]:
    """Return the page that was asked for, in two statements; a page after the last is empty."""
    number, size = int(said.get(PAGE.name, "1")), int(said.get(SIZE.name, USUAL_SIZE))
    count = rows.count()
    pages = -(-count // size)
    results = shown(list(rows[(number - 1) * size : number * size])) if number <= pages else []
    return {
        "count": count,
        "page": number,
        "pages": pages,
        "next": _to(request, number + 1) if number < pages else None,
        "previous": _to(request, min(number - 1, pages)) if number > 1 and pages else None,
        "results": results,
    }


def _to(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query[PAGE.name] = str(number)
    return f"{request.path}?{query.urlencode()}"
