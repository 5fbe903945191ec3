"""What of an edition's content can be found: its publisher, units, projects, codes, tables, sections and terms."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from budgets.money import MoneyUnit, shown
from budgets.pinyin import initials_of
from disclosure.content import Content, Section
from disclosure.enums import SearchKind
from disclosure.facts import ProjectFact
from disclosure.tables.grid import Table

TERM = "term-"
"""How the id of a term's place begins; its number in the document follows."""


class Entry(NamedTuple):
    """Something to be found; ``anchor`` is the element of the edition's page at which it stands, blank for its top.

    ``place`` and ``note`` (an amount) are shown with it and are not searched.
    """

    kind: str
    title: str
    anchor: str = ""
    code: str = ""
    initials: str = ""
    place: str = ""
    note: str = ""
    body: str = ""


def entries_of(content: Content) -> Iterator[Entry]:
    """Yield everything that can be found in an edition, in the order of kinds."""
    yield _publisher(content)
    yield from _units(content)
    for project in content.facts.projects:
        yield _project(project, content)
    yield from _codes(content)
    for table in content.tables:
        if not table.key.startswith("goal-"):
            yield _table(table)
    for section in content.sections:
        yield _section(section)
    yield from _terms(content)


def _publisher(content: Content) -> Entry:
    of, kind = content.unit or content.department, SearchKind.UNIT if content.unit else SearchKind.DEPARTMENT
    note = f"预算支出{_amount(content.facts.expenditure.total, content)}"
    return Entry(
        kind, of.name, "", of.code, initials_of(of.name), note=note, body=_lines((content.title, content.preamble))
    )


def _units(content: Content) -> Iterator[Entry]:
    """Yield the units of a department; a unit's own document names itself."""
    table = _first(content, "units", "income")
    for unit in () if content.unit else content.facts.units:
        said = "　".join(filter(None, (unit.nature, unit.rank, unit.funding)))
        names = {"code": unit.code, "initials": initials_of(unit.name), "place": "部门机构设置"}
        yield Entry(SearchKind.UNIT, unit.name, f"table-{table.key}" if table else "", **names, body=said)


def _project(project: ProjectFact, content: Content) -> Entry:
    table = _first(content, f"goal-{project.code}", "projects")
    said = (f"{one.name}：{one.description} {one.operator}{one.value}{one.measure}" for one in project.indicators)
    lines = (project.purpose, *project.goals, *said, project.unit)
    return Entry(
        SearchKind.PROJECT,
        project.name,
        f"table-{table.key}" if table else "performance",
        project.code,
        place=table.heading if table else "",
        note=f"预算数{_amount(project.amount, content)}",
        body=_lines(lines),
    )


def _codes(content: Content) -> Iterator[Entry]:
    """Yield each code of a function or of an economic category once, with all the tables in which it stands."""
    known = {content.department.code} | ({content.unit.code} if content.unit else set())
    known |= {unit.code for unit in content.facts.units} | {project.code for project in content.facts.projects}
    found: dict[tuple[str, str], list[tuple[Table, str]]] = {}
    for table in content.tables:
        for row in table.rows:
            code, name = (row.cells.get(key) or "" for key in ("code", "name"))
            if code and name and code not in known:
                total = table.cell(row, "total").render if "total" in row.cells else ""
                found.setdefault((code, name.strip()), []).append((table, total))
    for (code, name), places in found.items():
        first, total = places[0]
        listed = "、".join(dict.fromkeys(table.label or table.title for table, _ in places))
        note = f"合计{total}{first.unit}" if total else ""
        yield Entry(SearchKind.CODE, name, f"table-{first.key}", code, place=listed, note=note)


def _table(table: Table) -> Entry:
    """Give a table with the words of its rows; rows with a code are found as what they are about."""
    rows = [cells for row, cells, _ in table.body if not row.cells.get("code") and not row.total]
    said = (" ".join(cell.render for cell in cells if cell.kind == "text" and cell.render) for cells in rows)
    body = _lines((*table.notes, table.empty_reason or "", *said))
    return Entry(SearchKind.TABLE, table.title, f"table-{table.key}", table.label, body=body)


def _section(section: Section) -> Entry:
    words = _lines(block.paragraph or "" for block in section.blocks)
    place = f"第{section.number}部分" if section.number else ""
    return Entry(SearchKind.SECTION, section.title, section.key, place=place, body=words)


def _terms(content: Content) -> Iterator[Entry]:
    """Yield each term with where it stands: terms are numbered through the document, as its page does."""
    items = ((section, item) for section in content.sections for block in section.blocks for item in block.list or ())
    for number, (section, item) in enumerate(items, 1):
        term, _, explanation = item.partition("：")
        yield Entry(SearchKind.TERM, term, f"{TERM}{number}", place=section.heading, body=explanation)


def _first(content: Content, *keys: str) -> Table | None:
    tables = {table.key: table for table in content.tables}
    return next((tables[key] for key in keys if key in tables), None)


def _lines(words: Iterable[str]) -> str:
    return "\n".join(filter(None, words))


def _amount(amount: Decimal, content: Content) -> str:
    unit = MoneyUnit.YUAN if content.money_unit == MoneyUnit.YUAN.label else MoneyUnit.WAN
    return f"{shown(amount, unit)}{unit.label}"
