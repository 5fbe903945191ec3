"""Tables: one element for each, however many pages it runs over, with every cell bound to its headings."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from disclosure.render.tagging.tree import Leaf, Tree

CELLS = ("/TH", "/TD")


class Place(NamedTuple):
    """A cell with the rows and columns it covers."""

    cell: Any
    rows: range
    columns: range


def mend(tree: Tree) -> None:
    """Join what page breaks cut apart, then bind the cells of each table to their headings."""
    for whole, rest in _cuts(tree):
        _join(tree, whole, rest)
    names: list[tuple[str, Any]] = []
    for number, table in enumerate(one for one in tree.below(tree.top) if one["S"] == "/Table"):
        names += _bind(tree, table, number)
    _list(tree, names)


def _cuts(tree: Tree) -> list[tuple[Any, Any]]:
    """Find each piece of a table with the table it goes on from.

    A table that begins on a page stands below its title; what stands first on a page without one, after a page that
    ended in a table, is the rest of that table.
    """
    cuts: list[tuple[Any, Any]] = []
    before: Leaf | None = None
    whole: dict[int, Any] = {}
    for leaf in tree.leaves(tree.top):
        if before and leaf.page != before.page and leaf.table is not None and before.table is not None:
            first = whole.get(before.table.number, before.table)
            whole[leaf.table.number] = first
            cuts.append((first, leaf.table))
        before = leaf
    return cuts


def _join(tree: Tree, whole: Any, rest: Any) -> None:
    """Move the rows of a piece to the table; the headings printed again are passed over by readers."""
    bodies = [kid for kid in tree.kids(whole) if kid["S"] == "/TBody"]
    for part in tree.kids(rest):
        if part["S"] == "/THead":
            tree.to_artifacts(list(tree.leaves(part)))
        elif bodies:
            tree.adopt(bodies[-1], tree.kids(part))
        else:
            tree.adopt(whole, [part])
    tree.remove(rest)


def _bind(tree: Tree, table: Any, number: int) -> list[tuple[str, Any]]:
    """Give each heading its scope and a name, and each cell the names of its headings; return the names."""
    head = sum(len(tree.kids(part)) for part in tree.kids(table) if part["S"] == "/THead")
    rows = [row for part in tree.kids(table) for row in ([part] if part["S"] == "/TR" else tree.kids(part))]
    places = list(_places(tree, rows))
    names: list[tuple[str, Any]] = []
    for place in places:
        if place.cell["S"] == "/TH":
            name = f"t{number:03d}r{place.rows.start:05d}c{place.columns.start:03d}"
            place.cell["ID"] = _text(name)
            place.cell["A"]["Scope"] = "/Column" if place.rows.start < head else "/Row"
            names.append((name, place.cell))
    _refer(places, head)
    return names


def _refer(places: list[Place], head: int) -> None:
    """Write into each cell which headings it stands under and beside."""
    over: dict[int, list[Any]] = {}
    beside: dict[int, list[Any]] = {}
    for cell, rows, columns in places:
        if cell["S"] == "/TH":
            known, along = (over, columns) if rows.start < head else (beside, rows)
            for at in along:
                known.setdefault(at, []).append(cell["ID"])
    for cell, rows, columns in places:
        if cell["S"] == "/TD":
            found = [name for at in rows for name in beside.get(at, [])]
            found += [name for at in columns for name in over.get(at, [])]
            cell["A"]["Headers"] = _array(list({id(name): name for name in found}.values()))


def _places(tree: Tree, rows: list[Any]) -> Iterator[Place]:
    """Lay the cells out as a reader sees them, spans included."""
    taken: set[tuple[int, int]] = set()
    for at, row in enumerate(rows):
        column = 0
        for cell in (kid for kid in tree.kids(row) if kid["S"] in CELLS):
            while (at, column) in taken:
                column += 1
            cover = range(at, at + cell["A"].get("RowSpan", 1)), range(column, column + cell["A"].get("ColSpan", 1))
            taken |= {(one, other) for one in cover[0] for other in cover[1]}
            yield Place(cell, *cover)
            column = cover[1].stop


def _list(tree: Tree, names: list[tuple[str, Any]]) -> None:
    """Write the register by which readers find a heading by its name, sorted as the format wants it."""
    if names:
        flat = [part for name, cell in sorted(names, key=lambda one: one[0]) for part in (_text(name), cell.reference)]
        register = _dictionary({"Names": _array(flat)})
        tree.pdf.add_object(register)
        tree.root["IDTree"] = register.reference


def _text(text: str) -> Any:
    from pydyf import String

    return String(text)


def _array(items: list[Any]) -> Any:
    from pydyf import Array

    return Array(items)


def _dictionary(items: dict[str, Any]) -> Any:
    from pydyf import Dictionary

    return Dictionary(items)
