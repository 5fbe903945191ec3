"""The forms of publication and of what may follow it: urgent, confirmed, corrected, withdrawn."""

from typing import Any

from django import forms

from disclosure import workflow
from disclosure.desk.asking import ActForm, tick, words
from disclosure.document import Document
from disclosure.enums import Act, CorrectionKind
from disclosure.models import Disclosure, Edition, UrgentPublication, Withdrawal
from disclosure.refusal import RefusalError

LONGEST = Withdrawal._meta.get_field("reason").max_length


class Publish(ActForm):
    """公开."""

    act, key, button, looks, signs = Act.PUBLISH, "publish", "立即公开", "default", True
    checked = tick()

    def take(self, by: Any) -> Any:
        """Publish now."""
        return workflow.publish(self.disclosure, by=by)


class PublishUrgently(ActForm):
    """紧急公开."""

    act, key, button, looks, signs = Act.PUBLISH_URGENTLY, "publish_urgently", "紧急公开", "deletelink", True
    reason = words("紧急公开的理由（必填）", asked=True, max_length=300)
    checked = tick()

    def take(self, by: Any) -> Any:
        """Publish past the reviews."""
        return workflow.publish_urgently(self.disclosure, by=by, reason=self.cleaned_data["reason"])


class ConfirmUrgent(ActForm):
    """确认紧急公开."""

    act, key, button, looks = Act.CONFIRM_URGENT, "confirm_urgent", "确认紧急公开", "default"
    conclusion = words("确认意见（必填）", asked=True, max_length=300)

    def take(self, by: Any) -> Any:
        """Confirm as a second person."""
        urgent = unconfirmed(self.disclosure)
        if urgent is None:
            raise RefusalError("没有等待确认的紧急公开，可能已由他人确认。请查看办理记录。")
        return workflow.confirm_urgent(urgent, by=by, conclusion=self.cleaned_data["conclusion"])


class Correct(ActForm):
    """发起更正."""

    act, key, button = Act.CORRECT, "correct", "发起更正"
    kind = forms.ChoiceField(label="更正的类型", choices=[("", "请选择"), *CorrectionKind.choices], required=False)
    reason = words("更正的理由（必填，随新版对外公开）", asked=True, max_length=LONGEST)

    def take(self, by: Any) -> Any:
        """Open the draft for its next edition."""
        given = self.cleaned_data
        return workflow.correct(self.disclosure, by=by, kind=given["kind"], reason=given["reason"])


class Abandon(ActForm):
    """放弃更正."""

    act, key, button = Act.ABANDON, "abandon", "放弃更正"

    def take(self, by: Any) -> Any:
        """Give the correction up."""
        return workflow.abandon(self.disclosure, by=by)


class Withdraw(ActForm):
    """撤下."""

    act, key, button, looks = Act.WITHDRAW, "withdraw", "撤下", "deletelink"
    edition = forms.ModelChoiceField(Edition.objects.none(), label="撤下的版次", empty_label=None)
    reason = words("撤下的理由（必填，对外公开）", asked=True, max_length=LONGEST)
    also_earlier = forms.BooleanField(label="连同以前各版一起撤下", required=False)
    checked = tick()

    def __init__(self, disclosure: Disclosure, document: Document | None = None, **kwargs: Any) -> None:
        super().__init__(disclosure, document, **kwargs)
        live = disclosure.editions.filter(withdrawal=None).order_by("-number")
        self.fields["edition"].queryset = live  # type: ignore[attr-defined]

    def take(self, by: Any) -> Any:
        """Take an edition off the site."""
        given = self.cleaned_data
        also = given["also_earlier"]
        return workflow.withdraw(given["edition"], by=by, reason=given["reason"], also_earlier=also)


def unconfirmed(disclosure: Disclosure) -> UrgentPublication | None:
    """Return the urgent publication that waits for a second person."""
    return UrgentPublication.objects.filter(edition__disclosure=disclosure, confirmed_at=None).first()
