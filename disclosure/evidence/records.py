"""The records of an edition as tables of plain cells: who did what, when, in what words."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone

from budgets.models import AuditTrail
from disclosure.models import Attachment, Comment, Edition, ImportRun, Transition, UrgentPublication, Withdrawal
from disclosure.signatures import name_of
from disclosure.testimony import Answered

Rows = Iterator[tuple[Any, ...]]

TRANSITIONS = (
    "序号",
    "轮次",
    "办理",
    "原状态",
    "新状态",
    "办理人",
    "账号",
    "时间",
    "意见",
    "所签内容的校验值",
    "同一人",
)
SIGN_OFFS = ("审核步骤", "签署人", "日期", "结论", "同一人")
COMMENTS = ("序号", "位置", "意见", "提出人", "提出时间", "处理情况", "处理人", "处理时间")
URGENT = ("紧急公开的理由", "紧急公开人", "时间", "确认意见", "确认人", "确认时间")
WITHDRAWAL = ("撤下理由", "撤下人", "撤下时间")
IMPORTS = (
    "序号",
    "预算公开",
    "文件名",
    "导入人",
    "时间",
    "新增",
    "修改",
    "删除",
    "撤销时间",
    "校验值",
    "字节数",
    "原文件",
)
ATTACHMENTS = (
    "序号",
    "种类",
    "文件名",
    "说明",
    "上传人",
    "上传时间",
    "校验值",
    "字节数",
    "作废理由",
    "作废人",
    "作废时间",
)
ANSWERS = ("规则", "问题", "理由", "填写人", "账号", "时间", "随文件公开", "问题的校验值")
TRAIL = (
    "编号",
    "时间（UTC）",
    "操作人编号",
    "操作人",
    "操作",
    "操作名称",
    "对象",
    "内容",
    "事项",
    "写法",
    "前一条校验值",
    "校验值",
)


def transitions(rows: Iterable[Transition]) -> Rows:
    """Tell the steps."""
    for row in rows:
        way = (row.get_act_display(), row.get_before_display(), row.get_after_display())
        signed = (row.content_sha256, _yes(row.combined))
        yield row.pk, row.round, *way, name_of(row.by), row.by.get_username(), _at(row.at), row.comment, *signed


def sign_offs(edition: Edition) -> Rows:
    """Tell the reviews printed with the edition."""
    for row in edition.sign_offs.all():
        yield row.get_step_display(), row.person, row.on, row.conclusion, _yes(row.combined)


def comments(rows: Iterable[Comment]) -> Rows:
    """Tell the remarks with their answers."""
    for row in rows:
        made = (row.place or "全文", row.text, name_of(row.by), _at(row.at))
        yield row.pk, *made, row.answer, _name(row.resolved_by), _at(row.resolved_at)


def urgent(row: UrgentPublication) -> tuple[Any, ...]:
    """Tell of an urgent publication, confirmed or not."""
    confirmed = (row.conclusion or "（尚未确认）", _name(row.confirmed_by), _at(row.confirmed_at))
    return row.reason, name_of(row.by), _at(row.at), *confirmed


def withdrawal(row: Withdrawal) -> tuple[Any, ...]:
    """Tell of a withdrawal."""
    return row.reason, name_of(row.withdrawn_by), _at(row.withdrawn_at)


def imports(rows: Iterable[tuple[int, ImportRun, str]]) -> Rows:
    """Tell the imports, each with its number and where its file is in the pack."""
    for number, run, where in rows:
        brought = (str(run.disclosure), run.file_name, name_of(run.by), _at(run.at))
        counts = (run.added, run.changed, run.removed)
        yield number, *brought, *counts, _at(run.undone_at), run.sha256, run.size, where


def attachments(rows: Iterable[tuple[int, Attachment]]) -> Rows:
    """Tell what is kept beside the disclosure, the mistaken ones marked."""
    for number, row in rows:
        void = getattr(row, "void", None)
        marked = (void.reason, name_of(void.by), _at(void.at)) if void else ("", "", "")
        kept = (row.get_kind_display(), row.file_name, row.note, name_of(row.by), _at(row.at))
        yield number, *kept, row.sha256, row.size, *marked


def answers(rows: Iterable[Answered]) -> Rows:
    """Tell the reasons, or the waivers."""
    for row in rows:
        given = (row.reason, row.by, row.account, _at(row.at), _yes(row.published))
        yield row.rule, row.message, *given, row.fingerprint


def trail(rows: Iterable[AuditTrail]) -> Rows:
    """Copy rows of the trail, with all that their hashes are taken over."""
    for row in rows:
        actor = row.actor.get_username() if row.actor else ""
        done = (row.actor_id, actor, row.action, row.action_name, row.target, row.detail, row.subject, row.form)
        yield row.pk, row.at.astimezone(UTC).isoformat(), *done, row.previous_hash, row.hash


def _at(moment: datetime | None) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}" if moment else ""


def _name(user: Any) -> str:
    return name_of(user) if user else ""


def _yes(value: object) -> str:
    return "是" if value else ""
