"""What is public of a year's disclosures, as figures for the self-inspection: read from the newest editions."""

from collections import Counter
from typing import Any, NamedTuple

from budgets.models import FiscalYear
from disclosure.board.records import of_year
from disclosure.content import Content, parse
from disclosure.enums import EditionKind, FileFormat
from disclosure.layouts import LAYOUTS
from disclosure.models import Edition, EditionFile

CHUNK = 20
"""How many editions' contents are in memory at a time."""
ITEM, GROUP = 7, 5
"""How long a functional code is at 项, and an economic one at 款."""


class Printed(NamedTuple):
    """What is public of one disclosure: the newest edition's content in figures, and how it came there."""

    number: int
    corrections: int
    formats: tuple[str, ...]
    tables: int
    prescribed: int
    empty: int
    unsaid: int
    sections: int
    depths: dict[str, tuple[int, int]]
    """By table: how many codes it prints, and how many of them are deep enough."""


def printed_of(year: FiscalYear) -> dict[int, Printed]:
    """Read what is public of a year, by disclosure; contents are read some at a time."""
    counted: Counter[tuple[int, str]] = Counter(
        Edition.objects.filter(disclosure__in=of_year(year)).order_by().values_list("disclosure", "kind")
    )
    current = Edition.objects.current().filter(disclosure__in=of_year(year), withdrawal=None)
    formats: dict[int, list[str]] = {}
    for pk, form in EditionFile.objects.filter(edition__in=current).order_by("pk").values_list("edition", "format"):
        formats.setdefault(pk, []).append(FileFormat(form).label)
    return {
        edition.disclosure_id: _printed(
            edition, counted[edition.disclosure_id, EditionKind.CORRECTION], tuple(formats.get(edition.pk, ()))
        )
        for edition in current.select_related("content").order_by("pk").iterator(CHUNK)
    }


def _printed(edition: Any, corrections: int, formats: tuple[str, ...]) -> Printed:
    content = parse(edition.content.text)
    layout = LAYOUTS[content.layout]
    tables = [table for table in content.tables if _form(table.key) in layout.tables]
    bare = [table for table in tables if not table.rows]
    return Printed(
        edition.number,
        corrections,
        formats,
        len({_form(table.key) for table in tables}),
        len(layout.tables),
        sum(bool(table.empty_reason) for table in tables),
        sum(not table.empty_reason for table in bare),
        sum(any(section.key == plan.key for section in content.sections) for plan in layout.sections),
        {"general_expenditure": _depth(content, "general_expenditure", ITEM)}
        | {"basic_expenditure": _depth(content, "basic_expenditure", GROUP)},
    )


def _form(key: str) -> str:
    """Name the statutory table that a printed one is: each project's goals are one more sheet of the same form."""
    return "goals" if key.startswith("goal-") else key


def _depth(content: Content, key: str, digits: int) -> tuple[int, int]:
    """Count the codes of a table that no other code goes on from, and those among them that are deep enough."""
    table = next((one for one in content.tables if one.key == key), None)
    codes = {code for row in (table.rows if table else ()) if (code := row.cells.get("code"))}
    ends = [code for code in codes if not any(other != code and other.startswith(code) for other in codes)]
    return len(ends), sum(len(code) >= digits for code in ends)
