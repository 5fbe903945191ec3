"""The remarks on one grid: a mark at each open one's cell, and all of them below the table."""

from functools import cached_property
from typing import Any

from django.urls import reverse

from disclosure.desk.anchoring import Places
from disclosure.desk.grid_shown import Marks
from disclosure.desk.remarking import Remarked, remarked
from disclosure.entry.grid import Grid
from disclosure.entry.grids import key_of
from disclosure.workflow.people import holds
from disclosure.workflow.remarks import WORKING


class Remarks:
    """What was remarked on the rows of a grid."""

    def __init__(self, grid: Grid, by: Any) -> None:
        self.disclosure, self._grid, self._by, self._key = grid.disclosure, grid, by, key_of(grid.kind)

    @cached_property
    def placed(self) -> list[Remarked]:
        """All of them, the open ones first; one whose row is gone says so."""
        rows = self.disclosure.comments.filter(anchor=self._key).select_related("by", "resolved_by")
        found = sorted(rows, key=lambda row: (row.resolved_at is not None, row.pk))
        back = reverse("admin:grid", args=[self.disclosure.pk, self._key])
        return remarked(self.disclosure, found, self._by, Places(self.disclosure, self._by, self._grid), back)

    @property
    def marks(self) -> Marks:
        """The open ones by row and field."""
        marks: Marks = {}
        for one in self.placed:
            if not one.row.resolved_at and one.where.row:
                marks.setdefault((one.where.row, one.row.anchor_field), []).append(one.row)
        return marks

    @property
    def shown(self) -> dict[str, Any]:
        """What the page is told."""
        return {"placed": self.placed, "remarks_here": holds(self._by, self.disclosure, WORKING)}
