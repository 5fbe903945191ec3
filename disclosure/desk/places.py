"""Where the parts of a draft are: in its previews, in its PDF, on the page of its findings."""

from typing import Any, NamedTuple

from django.db.models import Model
from django.urls import reverse

from disclosure.checklist.parts import Name, Piece, Sort, chapter_of, home_of, pieces_of
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure, Narrative
from performance.models import GoalStatement, Indicator, ProjectGoal


class Beside(NamedTuple):
    """The previews of the place that is worked on: of the whole page, of the page for a frame beside, of the PDF."""

    title: str
    page: str
    frame: str
    pdf: str


def pieces_in(disclosure: Disclosure) -> tuple[Piece, ...]:
    """Return the parts of a draft in its year's layout."""
    return pieces_of(LAYOUTS[disclosure.budget.fiscal_year.layout])


def anchor_of(piece: Piece | None) -> str:
    """Return a part's id on the published page and in the PDF; the goal tables of a chapter begin with its heading."""
    if piece is None:
        return ""
    whole = piece.sort is Sort.CHAPTER or (piece.key == "goals" and piece.chapter)
    return piece.chapter if whole else f"table-{piece.key}"


def findings_anchor(name: Name) -> str:
    """Return a part's id on the page of findings."""
    sort, key = name
    return f"part-{sort.name.lower()}-{key or 'whole'}"


def beside(disclosure: Disclosure, anchor: str, title: str) -> Beside:
    """Return the previews at an anchor."""
    page, frame, pdf = (
        reverse(f"admin:disclosure_{name}", args=[disclosure.pk])
        for name in ("preview", "preview_beside", "preview_pdf")
    )
    at, named = (f"#{anchor}", f"#nameddest={anchor}") if anchor else ("", "")
    return Beside(title, f"{page}{at}", f"{frame}{at}", f"{pdf}{named}")


def beside_kind(disclosure: Disclosure, model: type[Model], title: str) -> Beside:
    """Return the previews of the part that shows a kind of entry."""
    return beside(disclosure, anchor_of(home_of(pieces_in(disclosure), model)), title)


def beside_row(disclosure: Disclosure, row: Any) -> Beside:
    """Return the previews of the part that shows a row: its own table where it is a project's goal."""
    pieces, title = pieces_in(disclosure), str(row._meta.verbose_name)
    if isinstance(row, Narrative):
        return beside(disclosure, anchor_of(chapter_of(pieces, row.key)), str(row))
    if isinstance(row, ProjectGoal | GoalStatement | Indicator):
        goal = row if isinstance(row, ProjectGoal) else row.goal
        return beside(disclosure, f"table-goal-{goal.project.code}", title)
    return beside(disclosure, anchor_of(home_of(pieces, type(row))), title)


def shown_somewhere(disclosure: Disclosure | None, row: Model) -> list[Beside]:
    """Return the previews beside a row's form: none where the row is printed nowhere."""
    if disclosure is None or isinstance(row, Disclosure):
        return []
    found = beside_row(disclosure, row)
    return [found] if "#" in found.page else []
