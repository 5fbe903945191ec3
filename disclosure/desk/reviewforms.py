"""The forms of the acts before publication: one each, with the fields it needs and the one verb it calls."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone

from disclosure import workflow
from disclosure.desk.asking import ActForm, tick, words
from disclosure.document import Document
from disclosure.enums import Act, Status
from disclosure.models import Disclosure
from disclosure.moves import CONCLUSIONS


class Submit(ActForm):
    """提交审核."""

    act, key, button, looks = Act.SUBMIT, "submit", "提交审核", "default"
    comment = words("说明（可以不填）")

    def take(self, by: Any) -> Any:
        """Hand the draft in."""
        return workflow.submit(self.disclosure, by=by, comment=self.cleaned_data["comment"])


class Recall(ActForm):
    """撤回."""

    act, key, button = Act.RECALL, "recall", "撤回修改"
    comment = words("撤回的原因（可以不填）")

    def take(self, by: Any) -> Any:
        """Take the draft back."""
        return workflow.recall(self.disclosure, by=by, comment=self.cleaned_data["comment"])


class Sign(ActForm):
    """签署, one of the reviews within a department."""

    act, key, looks, signs = Act.SIGN, "sign", "default", True
    conclusion = words("结论")

    def __init__(self, disclosure: Disclosure, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(disclosure, document, **kwargs)
        state = Status(disclosure.status)
        self.initial["conclusion"] = CONCLUSIONS.get(state, "")
        self.button = f"签署{state.label}"

    def take(self, by: Any) -> Any:
        """Sign the review that was shown."""
        step = Status(self.cleaned_data["step"])
        return workflow.sign(self.disclosure, by=by, step=step, conclusion=self.cleaned_data["conclusion"])


class Approve(ActForm):
    """审核通过."""

    act, key, button, looks, signs = Act.APPROVE, "approve", "审核通过", "default", True
    conclusion = words("结论", initial=CONCLUSIONS[Status.BUREAU_REVIEW])

    def take(self, by: Any) -> Any:
        """Let the bureau's review pass."""
        return workflow.approve(self.disclosure, by=by, conclusion=self.cleaned_data["conclusion"])


class SendBack(ActForm):
    """退回."""

    act, key, button = Act.SEND_BACK, "send_back", "退回经办人"
    comment = words("退回的原因（必填，经办人据此修改）", rows=3, asked=True)

    def take(self, by: Any) -> Any:
        """Return the draft."""
        return workflow.send_back(self.disclosure, by=by, comment=self.cleaned_data["comment"])


class Schedule(ActForm):
    """定时公开."""

    act, key, button, signs = Act.SCHEDULE, "schedule", "定时公开", True
    day = forms.DateField(
        label="公开日期",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填写公开日期。", "invalid": "日期请写成 2026-02-08 的形式。"},
    )
    hour = forms.TimeField(
        label="公开时间（北京时间）",
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"required": "请填写公开时间。", "invalid": "时间请写成 09:30 的形式。"},
    )
    checked = tick()

    def take(self, by: Any) -> Any:
        """Set the hour, in local time."""
        given = self.cleaned_data
        at = timezone.make_aware(datetime.combine(given["day"], given["hour"]))
        return workflow.schedule(self.disclosure, by=by, at=at)


class Unschedule(ActForm):
    """取消定时."""

    act, key, button = Act.SCHEDULE, "unschedule", "取消定时"

    def take(self, by: Any) -> Any:
        """Take the hour back."""
        return workflow.schedule(self.disclosure, by=by, at=None)
