"""What may be done from the board with the ticked lines: each act, who is offered it, what it asks for."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils import timezone

from budgets.enums import Role
from budgets.models import Budget, FiscalYear
from disclosure.board import acts
from disclosure.board.acts import AT_ONCE, Result
from disclosure.board.rights import approves_in
from disclosure.models import Disclosure
from disclosure.workflow.people import holds


class NothingForm(forms.Form):
    """An act that asks for nothing but the confirmation."""


class CommentForm(forms.Form):
    """Why drafts are sent back: the same for all."""

    comment = forms.CharField(
        label="退回的原因（每一份都写这一句）",
        max_length=1000,
        widget=AdminTextareaWidget(attrs={"rows": 3}),
        error_messages={"required": "请写明退回的原因，让经办人知道改什么。"},
    )


class HourForm(forms.Form):
    """When drafts are published."""

    at = forms.DateTimeField(
        label="公开时间",
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y/%m/%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": "请填写公开时间。", "invalid": "请写成 2026-02-08 09:00。"},
    )

    def clean_at(self) -> Any:
        """Refuse an hour that is gone."""
        if self.cleaned_data["at"] <= timezone.now():
            raise forms.ValidationError("这一时间已经过去，请填写将来的时间。")
        return self.cleaned_data["at"]


class DayForm(forms.Form):
    """The day of 批复."""

    on = forms.DateField(
        label="批复日期",
        input_formats=["%Y-%m-%d", "%Y年%m月%d日", "%Y/%m/%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写批复日期。", "invalid": "请写成 2026-01-20。"},
    )


class Doing(NamedTuple):
    """An act on the ticked lines."""

    key: str
    name: str
    help: str
    roles: tuple[Role, ...]
    form: type[forms.Form]
    done: Callable[..., list[Result]]
    takes_units: bool = False


DOINGS = (
    Doing("remind", "催办", "通知正在办理的人，一天最多一次。", acts.REMINDING, NothingForm, acts.remind_each),
    Doing("approved_on", "填批复日期", "所选各份填同一天；正在审核的也可以填。", (), DayForm, acts.approved_on_each),
    Doing(
        "send_back",
        "退回",
        "退回经办人修改，本轮签署作废。",
        (Role.BUREAU_REVIEWER, Role.PUBLISHER),
        CommentForm,
        acts.send_back_each,
    ),
    Doing("approve", "审核通过", "财政审核通过。", (Role.BUREAU_REVIEWER,), NothingForm, acts.approve_each),
    Doing(
        "publish",
        "公开",
        f"{AT_ONCE}份以内立即公开；更多的排队，由定时任务逐份公开。",
        (Role.PUBLISHER,),
        NothingForm,
        acts.publish_each,
        takes_units=True,
    ),
    Doing(
        "schedule",
        "定时公开",
        "到时由定时任务公开。",
        (Role.PUBLISHER,),
        HourForm,
        acts.schedule_each,
        takes_units=True,
    ),
    Doing("unschedule", "取消定时", "取消已定的公开时间。", (Role.PUBLISHER,), NothingForm, acts.unschedule_each),
)


def doings_of(user: Any, year: FiscalYear) -> list[Doing]:
    """Return what somebody is offered on a year's board; each act decides again, line by line."""
    whole = Disclosure(budget=Budget(fiscal_year=year))
    approving = approves_in(user, year)
    return [one for one in DOINGS if (holds(user, whole, one.roles) if one.roles else approving)]


def chosen(rows: Sequence[Disclosure], doing: Doing, *, with_units: bool) -> list[Disclosure]:
    """Return the lines an act is taken on: the ticked ones, and the units of the departments where asked."""
    return acts.together(rows) if with_units and doing.takes_units else list(rows)
