"""Stores a grid, all or nothing: merged with what others did, judged row by row, locks and trail kept."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, ProtectedError
from django.utils import timezone

from budgets import edits
from budgets.models import Budget, Project
from budgets.refusals import sentence_of
from disclosure.entry.grid import Grid
from disclosure.entry.merging import merge
from disclosure.entry.rows import Row, problems_in
from disclosure.intake.gate import admit
from disclosure.intake.plans import Draft, Seen
from disclosure.intake.rows import image_of
from disclosure.intake.sheets import SheetKind
from disclosure.intake.storing import ELSEWHERE, put
from disclosure.marks import settle
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError

TWICE = "与{}重复，请合并，或用名称区分"
NEEDED = "不能删除：它下面还有{}，请先删除那些行"


class EntryRefusedError(RefusalError):
    """A grid that was not stored: nothing was, and every reason stands at its cell."""

    def __init__(self, rows: list[Row]) -> None:
        super().__init__(f"没有保存：有{problems_in(rows)}处需要修改，已在格子旁说明。")
        self.rows = rows


class Saved(NamedTuple):
    """What was stored, and when; ``keys``: the primary keys of new rows by what they were called."""

    added: int
    changed: int
    removed: int
    at: datetime
    keys: dict[str, str]
    rows: list[Row]
    """The rows that are left, as they are stored now."""

    def __str__(self) -> str:
        counts = {"新增": self.added, "修改": self.changed, "删除": self.removed}
        said = "、".join(f"{word}{count}行" for word, count in counts.items() if count)
        return f"已保存 {timezone.localtime(self.at):%H:%M}：{said or '没有变化'}。"


def save(disclosure: Disclosure, kind: SheetKind, rows: Iterable[Row], *, by: Any) -> Saved:
    """Store the rows of a grid; rows it does not mention stay.

    Raises EntryRefusedError with the rows and every complaint, RefusalError where the draft is locked or not theirs.
    """
    rows = list(rows)
    with transaction.atomic():
        budget = Budget.objects.select_for_update().get(pk=disclosure.budget_id)
        followed = ("budget__fiscal_year__government", "budget__department", "unit")
        fresh = Disclosure.objects.select_related(*followed).select_for_update(of=("self",)).get(pk=disclosure.pk)
        admit(fresh, by=by)
        grid = Grid(fresh, kind, by, [row.cells for row in rows])
        rows = merge(rows, grid)
        work = _planned(rows, grid)
        done = [*_removed(work), *_put(work)]
        _stop(rows)
        if done:
            _record(fresh, budget, done, by)
        added = {row.key: str(draft.row.pk) for row, draft in work.drafts if draft.stored is None}
    counts = Counter(edit.action for edit in done)
    return Saved(counts["add"], counts["change"], counts["delete"], timezone.now(), added, _left(rows))


def _left(rows: list[Row]) -> list[Row]:
    left = [row for row in rows if not row.gone]
    for row in left:
        row.seen = dict(row.cells) if row.counts else row.seen
    return left


class Work(NamedTuple):
    """What a grid would do: new and changed rows, each with what it is stored as, and rows to delete."""

    grid: Grid
    drafts: list[tuple[Row, Draft]]
    leaving: list[Row]


def _stop(rows: list[Row]) -> None:
    if problems_in(rows):
        raise EntryRefusedError(rows)


def _planned(rows: list[Row], grid: Grid) -> Work:
    """Judge every row that says something new; raise EntryRefusedError where something is wrong."""
    work = Work(grid, [], [row for row in rows if row.gone and not row.new])
    for row in rows:
        if row.counts and (row.touched or row.new) and not row.undecided:
            draft = grid.judge(row)
            if draft is not None and (draft.stored is None or draft.changed):
                work.drafts.append((row, draft))
    _refuse_twins(rows, work)
    _stop(rows)
    return work


def _refuse_twins(rows: list[Row], work: Work) -> None:
    """Refuse a new or changed row that states another's key, or all that another states where keys may repeat."""
    changed, leaving = {id(row): draft for row, draft in work.drafts}, {row.key for row in work.leaving}
    taken = {row.key for row, _ in work.drafts} | leaving
    numbers = {row.key: row.number for row in rows}
    single, seen = Seen(work.grid.kind).single, dict[Any, int]()
    for key, stored in work.grid.stored.items():
        if key not in taken:
            seen[_told(work.grid, stored, single)] = numbers.get(key, 0)
    for row in rows:
        if draft := changed.get(id(row)):
            told = _told(work.grid, draft.row, single)
            if told in seen:
                row.complain("", [TWICE.format(f"第{seen[told]}行" if seen[told] else "表里已有的一行")])
            seen.setdefault(told, row.number)


def _told(grid: Grid, row: Any, single: bool) -> Any:  # noqa: FBT001 as the key of a dictionary is told
    return grid.keys.of_row(row) if single else image_of(row)[1:]


def _removed(work: Work) -> list[edits.Edit]:
    """Delete what was ticked; what is still needed stays, and says why."""
    done: list[edits.Edit] = []
    for row in work.leaving:
        stored = work.grid.stored[row.key]
        others = sorted({str(one._meta.verbose_name) for one in edits.going([stored]) if one != stored})
        if others:
            row.complain("", [NEEDED.format("、".join(others))])
            continue
        try:
            done += edits.delete([stored])
        except ProtectedError as error:
            names = sorted({str(one._meta.verbose_name) for one in error.protected_objects})
            row.complain("", [NEEDED.format("、".join(names))])
        except ValidationError as error:
            row.complain("", error.messages)
    return done


def _put(work: Work) -> list[edits.Edit]:
    """Store new and changed rows in bulk; what the database refuses is said of its row."""
    drafts = [draft for _, draft in work.drafts]
    done = [_edit(draft) for draft in drafts]
    try:
        with transaction.atomic():
            model = work.grid.kind.model
            put(model, [d.row for d in drafts if d.stored is None], [d.row for d in drafts if d.stored is not None])
    except IntegrityError:
        for row, draft in work.drafts:
            _put_alone(row, draft)
    return done


def _edit(draft: Draft) -> edits.Edit:
    return edits.Edit("change" if draft.stored else "add", draft.row, edits.compared(draft.stored, draft.row))


def _put_alone(row: Row, draft: Draft) -> None:
    if draft.stored is None:
        draft.row.pk, draft.row._state.adding = None, True
    try:
        with transaction.atomic():
            draft.row.save()
    except IntegrityError as error:
        row.complain("", [sentence_of(error) or ELSEWHERE])


def _record(disclosure: Disclosure, budget: Budget, done: list[edits.Edit], by: Any) -> None:
    """Count the version up, tell the witnesses of each unit's rows, and write one row of the trail for the grid.

    What was changed is thereby reviewed, every row of it.
    """
    told = list({getattr(edit.row, "unit_id", None): edit.row for edit in done}.values())
    for row in [edit.row for edit in done] if isinstance(told[0], Project) else told:
        _refuse_locked(row)
    settle(type(told[0]), [edit.row.pk for edit in done if edit.action == "change"], by=by)
    Budget.objects.filter(pk=budget.pk).update(version=budget.version + 1)
    Disclosure.objects.filter(pk=disclosure.pk).update(version=disclosure.version + 1)
    edits.write_together(done, target=str(disclosure), subject=f"disclosure:{disclosure.pk}", told=told, by=by)


def _refuse_locked(row: Model) -> None:
    if said := edits.locked(row):
        raise RefusalError(said)
