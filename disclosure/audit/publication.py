"""The act of publishing: its clock, its reviews, the units that must publish too (K01, K09, K11)."""

from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem
from disclosure.clock import deadline
from disclosure.document import Document

REVIEWS = ("保密审查", "负责人审签")


def a_draft(document: Document) -> str | None:
    """Apply where the day of the audit is known: to our own drafts."""
    return None if document.context.today else "文件没有批复日期和公开日期"


@rule("K01", Family.PUBLICATION, Severity.NOTE, applies=(a_draft,))
def published_in_time(document: Document) -> Iterator[Outcome]:
    """已登记批复日期，并在批复后20日内公开。"""
    approved, today = document.context.approved_on, document.context.today
    if approved is None or today is None:
        yield Problem("没有登记批复日期，不能计算公开期限。请填写批复日期。")
        return
    due = deadline(approved)
    late = (today - due).days
    if late > 0:
        said = (
            f"{approved.year}年{approved.month}月{approved.day}日批复，应在{due.year}年{due.month}月{due.day}日前公开"
        )
        yield Problem(f"{said}，已超过{late}天。请尽快公开。")
    else:
        yield Agreed()


def with_reviews(document: Document) -> str | None:
    """Apply where reviews are on record."""
    return "没有审查和审签的记录" if document.context.sign_offs is None else None


@rule("K09", Family.PUBLICATION, Severity.ERROR, applies=(with_reviews,))
def reviewed_and_signed(document: Document) -> Iterator[Outcome]:
    """公开前经过保密审查和负责人审签，有审查人、日期和结论。"""
    done = {one.step for one in document.context.sign_offs or () if one.person and one.conclusion}
    for step in REVIEWS:
        yield Agreed() if step in done else Problem(f"没有{step}的记录。请完成{step}后再公开。")


def with_units(document: Document) -> str | None:
    """Apply to a department whose units are on record."""
    return "只适用于登记了所属单位的部门" if document.context.units_due is None else None


@rule("K11", Family.PUBLICATION, Severity.WARNING, applies=(with_units,))
def units_publish_too(document: Document) -> Iterator[Outcome]:
    """每个所属单位都有自己的公开事项，或说明了并入本级、依法不予公开的理由。"""
    due = document.context.units_due
    if due:
        names = "、".join(f"“{name}”" for name in due)
        yield Problem(f"{names}没有单独的公开事项，也没有说明理由。请建立公开事项，或说明并入本级、不予公开的理由。")
    else:
        yield Agreed()
