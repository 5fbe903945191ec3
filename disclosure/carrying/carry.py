"""The verb: what stands from year to year is stored in a draft, all of it or nothing, each row marked 未复核."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils import timezone

from budgets.access import allowed
from budgets.models import AuditTrail, Budget
from budgets.refusals import sentence_of
from disclosure.carrying.facts import previous, profiles, three_public
from disclosure.carrying.plan import Carried, Pair, Part, Way, part
from disclosure.carrying.promises import projects, whole
from disclosure.carrying.sources import sources
from disclosure.carrying.texts import empty_tables, glossary, narratives
from disclosure.intake.gate import locked
from disclosure.models import CarriedRow, Disclosure, Narrative
from disclosure.refusal import RefusalError
from disclosure.scopes import remember
from performance.models import ProjectGoal

FOLLOWED = ("budget__fiscal_year__government", "budget__department", "unit")
REFUSED = "数据库拒绝了带入的内容，什么也没有写入。请把这一情况告诉管理员。"


def plan_of(disclosure: Disclosure, source: Disclosure | None = None) -> Carried:
    """Say what would be carried over; raise RefusalError where there is no last year, or more than one to choose."""
    way = Way(disclosure, source_of(disclosure, source))
    parts = list(_parts(way))
    pairs = [pair for one in parts for pair in one.pairs]
    empty = part("空表说明", way, partial(empty_tables, carried=pairs), lambda row: row.get_table_display())
    return Carried(way.source, (*parts, empty))


def _parts(way: Way) -> Iterator[Part]:
    yield part("单位年度情况", way, profiles, lambda row: row.unit.name)
    yield part("项目绩效目标", way, projects, lambda row: row.project.name if isinstance(row, ProjectGoal) else "")
    yield part("整体绩效目标", way, whole, str)
    yield part("“三公”经费", way, three_public, lambda row: f"{row.unit.name}{row.get_item_display()}")
    yield part("上年数", way, previous, lambda row: row.row_name)
    yield part("文字说明", way, narratives, lambda row: row.get_key_display())
    yield part("名词解释", way, glossary, lambda row: row.term)


def source_of(disclosure: Disclosure, asked: Disclosure | None = None) -> Disclosure:
    """Return last year's disclosure to start from; raise RefusalError in words that say the way out."""
    found, year = sources(disclosure), disclosure.budget.fiscal_year.year
    if not found:
        message = f"{disclosure}没有可以带入的上年内容：本系统中没有本部门（单位）及其前身{year - 1}年的预算公开。"
        raise RefusalError(message)
    if asked is not None and asked not in found:
        message = f"{asked}不是{disclosure}的上年，请在{'、'.join(map(str, found))}中选择。"
        raise RefusalError(message)
    if asked is None and len(found) > 1:
        message = f"{disclosure}的前身不止一个，请指明从哪一个带入：{'、'.join(map(str, found))}。"
        raise RefusalError(message)
    return asked or found[0]


def carry_over(disclosure: Disclosure, *, by: Any, source: Disclosure | None = None) -> Carried:
    """Carry last year over into what is still empty, and say what was carried and what was not.

    Raise RefusalError where ``by`` may not fill the draft in or the draft is locked; a second time nothing is carried.
    """
    with transaction.atomic():
        budget = Budget.objects.select_for_update().get(pk=disclosure.budget_id)
        rows = Disclosure.objects.select_related(*FOLLOWED).select_for_update(of=("self",))
        fresh = rows.get(pk=disclosure.pk)
        admit(fresh, by=by)
        carried = plan_of(fresh, source)
        if carried.total:
            _store(fresh, carried, by)
            Budget.objects.filter(pk=budget.pk).update(version=budget.version + 1)
            Disclosure.objects.filter(pk=fresh.pk).update(version=fresh.version + 1)
            said = {"source": f"disclosure:{carried.source.pk}", "carried": _counts(carried)}
            AuditTrail.append("carry_over", str(fresh), by=by, subject=f"disclosure:{fresh.pk}", **said)
        return carried


def admit(disclosure: Disclosure, *, by: Any) -> None:
    """Let a clerk carry over or confirm; raise RefusalError for anybody else, and while the draft is locked."""
    if not allowed(by, Disclosure.objects.filter(pk=disclosure.pk), "change").exists():
        message = f"用户“{by}”不能填报{disclosure}，请由经办人带入和复核，或请安全管理员授予“经办人”岗位。"
        raise RefusalError(message)
    if reason := locked(disclosure):
        raise RefusalError(reason)


def _store(disclosure: Disclosure, carried: Carried, by: Any) -> None:
    """Store the rows, parents first, with a mark on each, and remember who wrote in which unit's rows."""
    pairs = [pair for one in carried.parts for pair in one.pairs]
    try:
        with transaction.atomic():
            for model, rows in _by_model(pairs):
                model._default_manager.bulk_create(rows)
    except IntegrityError as error:
        raise RefusalError(sentence_of(error) or REFUSED) from error
    CarriedRow.objects.bulk_create(_mark(disclosure, pair, by) for pair in pairs if not isinstance(pair.now, Narrative))
    for unit in dict.fromkeys(pair.unit.pk if pair.unit else None for pair in pairs):
        remember(by, disclosure.budget, unit)


def _by_model(pairs: Iterable[Pair]) -> Iterator[tuple[type[Model], list[Any]]]:
    found: dict[type[Model], list[Any]] = {}
    for pair in pairs:
        found.setdefault(type(pair.now), []).append(pair.now)
    yield from found.items()


def _mark(disclosure: Disclosure, pair: Pair, by: Any) -> CarriedRow:
    return CarriedRow(
        budget=disclosure.budget,
        unit=pair.unit,
        disclosure=disclosure if pair.alone else None,
        model=pair.now._meta.label,
        row=pair.now.pk,
        before=pair.before.pk if pair.before else None,
        by=by,
        at=timezone.now(),
    )


def _counts(carried: Carried) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in carried.parts:
        for pair in one.pairs:
            label = pair.now._meta.label
            found[label] = found.get(label, 0) + 1
    return found
