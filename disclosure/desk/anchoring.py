"""Where a remark points: a row or a cell of a grid, a text, a section or a table, found again as the draft is now."""

import json
from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.urls import reverse

from disclosure.desk.targets import WRITTEN
from disclosure.document import Document
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of, key_of, slots_of
from disclosure.intake.sheets import SheetKind
from disclosure.models import Comment, Disclosure, Narrative
from disclosure.workflow.remarks import Anchor

TEXT, SECTION, TABLE = "narrative", "section", "table"
WHOLE = "整行"
GONE = "所指的这一处已经删除，意见保留在这里。"


class Where(NamedTuple):
    """Where a remark points now: the address of the place, and what is to be said where there is none."""

    address: str = ""
    said: str = ""
    row: str = ""
    """The primary key of the row, as the grid calls it."""


class Places:
    """Finds the places of remarks in one draft: a row by itself, or, where it was stored anew, by its codes."""

    def __init__(self, disclosure: Disclosure, by: Any, grid: Grid | None = None) -> None:
        self.disclosure, self._by = disclosure, by
        self._grids = {key_of(grid.kind): grid} if grid else {}
        self._by_codes: dict[str, dict[str, str]] = {}

    @cached_property
    def _kinds(self) -> dict[str, SheetKind]:
        return grids_of(self.disclosure)

    @cached_property
    def _texts(self) -> dict[str, int]:
        return dict(self.disclosure.narratives.values_list("key", "pk"))

    def of(self, comment: Comment) -> Where:
        """Return where a remark points; a remark on nothing in particular points nowhere."""
        if comment.anchor in self._kinds:
            return self._of_row(comment)
        if comment.anchor == TEXT:
            found = self._texts.get(comment.anchor_key)
            return Where(reverse("admin:disclosure_narrative_change", args=[found])) if found else Where(said=GONE)
        if comment.anchor in (SECTION, TABLE):
            prefix = "table-" if comment.anchor == TABLE else ""
            page = reverse("admin:disclosure_preview", args=[self.disclosure.pk])
            return Where(f"{page}#{prefix}{comment.anchor_key}")
        return Where(said=GONE if comment.anchor else "")

    def _of_row(self, comment: Comment) -> Where:
        grid, row = self._grid(comment.anchor), str(comment.anchor_row)
        if row not in grid.stored:
            row = self._found_by_codes(comment.anchor, grid).get(comment.anchor_key, "")
        if not row:
            return Where(said=GONE)
        page = reverse("admin:grid", args=[self.disclosure.pk, comment.anchor])
        return Where(f"{page}#{f'c-{row}-{comment.anchor_field}' if comment.anchor_field else f'r-{row}'}", row=row)

    def _grid(self, key: str) -> Grid:
        if key not in self._grids:
            self._grids[key] = Grid(self.disclosure, self._kinds[key], self._by)
        return self._grids[key]

    def _found_by_codes(self, key: str, grid: Grid) -> dict[str, str]:
        if key not in self._by_codes:
            self._by_codes[key] = {codes_of(grid, row): pk for pk, row in reversed(grid.stored.items())}
        return self._by_codes[key]


def codes_of(grid: Grid, row: Any) -> str:
    """Write what tells a row from others: the texts of its key columns."""
    cells = grid.cells(row)
    return json.dumps([cells[slot.header] for slot in slots_of(grid.kind) if slot.column.key], ensure_ascii=False)


def anchor_of_row(grid: Grid, row: Any, name: str) -> tuple[Anchor, str]:
    """Return the anchor of a row, or of its cell called ``name``, and what the place is called."""
    headers = {slot.name: slot.header for slot in slots_of(grid.kind)}
    codes = codes_of(grid, row)
    called = " ".join(text for text in json.loads(codes) if text not in ("", "否"))
    place = f"{grid.kind.title} {called}" + (f"“{headers[name]}”" if name else "")
    return Anchor(key_of(grid.kind), row.pk, codes, name), place


def anchor_of_text(text: Narrative) -> tuple[Anchor, str]:
    """Return the anchor of a text, and what the place is called."""
    return Anchor(TEXT, text.pk, text.key), f"文字说明“{text}”"


def anchor_of_heading(disclosure: Disclosure, heading: str) -> Anchor | None:
    """Return the anchor of a section or a table by its heading; None where nothing is headed so."""
    if not heading.strip():
        return None
    content = Document.of(disclosure).content
    found = [Anchor(SECTION, None, one.key) for one in content.sections if one.heading == heading.strip()]
    found += [Anchor(TABLE, None, one.key) for one in content.tables if one.heading == heading.strip()]
    return found[0] if found else None


def remarks_on(disclosure: Disclosure, row: Any) -> Iterable[Comment]:
    """Return the remarks on a stored row or text, and on the section that the text fills; the open ones first."""
    kind = str(row._meta.model_name)
    rows = disclosure.comments.exclude(anchor="").select_related("by", "resolved_by")
    sections = [section for section, key in WRITTEN.items() if kind == TEXT and row.key == key]
    found = [
        one
        for one in rows
        if (one.anchor == kind and (one.anchor_row == row.pk or (kind == TEXT and one.anchor_key == row.key)))
        or (one.anchor == SECTION and one.anchor_key in sections)
    ]
    return sorted(found, key=lambda one: (one.resolved_at is not None, one.pk))
