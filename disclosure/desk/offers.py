"""Which acts a person may take now; what the role could take but is refused for another reason says why."""

from collections.abc import Callable
from typing import Any, NamedTuple

from disclosure.desk.asking import ActForm
from disclosure.desk.publicforms import Abandon, ConfirmUrgent, Correct, Publish, PublishUrgently, Withdraw
from disclosure.desk.reviewforms import Approve, Recall, Schedule, SendBack, Sign, Submit, Unschedule
from disclosure.desk.standing import Standing
from disclosure.document import Document
from disclosure.enums import Act
from disclosure.readiness import check, differs
from disclosure.refusal import RefusalError
from disclosure.workflow.people import alone, permit
from disclosure.workflow.steps import unaltered

FORMS: tuple[type[ActForm], ...] = (
    Submit,
    Sign,
    Approve,
    Publish,
    Schedule,
    Unschedule,
    ConfirmUrgent,
    SendBack,
    Recall,
    Correct,
    Abandon,
    PublishUrgently,
    Withdraw,
)
"""Every act, those that lead forwards first and the dangerous ones last."""

Check = Callable[[Standing, Any], None]


class Offer(NamedTuple):
    """An act within somebody's role: its form, or why not now."""

    form: Any
    why_not: str


def offers(standing: Standing, by: Any, posted: Any = None) -> list[Offer]:
    """Return the acts that the person's role takes in this state; ``posted`` stands in for its own empty form."""
    found = []
    for form in FORMS:
        if _within_role(standing, form.act, by) and MATTERS.get(form.key, _always)(standing):
            said = "" if form is Unschedule else why_not(standing, form.act, by)
            found.append(Offer(_form(standing, form, posted), said))
    return found


def _form(standing: Standing, form: type[ActForm], posted: Any) -> ActForm:
    fresh = form(standing.disclosure, standing.document)
    if not isinstance(posted, form):
        return fresh
    posted.renew(fresh)
    return posted


def _within_role(standing: Standing, act: Act, by: Any) -> bool:
    try:
        permit(standing.disclosure, act, by)
    except RefusalError:
        return False
    return True


def why_not(standing: Standing, act: Act, by: Any) -> str:
    """Say why an act within somebody's role is refused now; blank where it is not."""
    try:
        for stand_up_to in CHECKS.get(act, ()):
            stand_up_to(standing, by)
    except RefusalError as refusal:
        return str(refusal)
    return ""


def _ready_for_review(standing: Standing, _by: Any) -> None:
    if standing.obstacle:
        first, _, more = standing.obstacle.partition("\n")
        raise RefusalError(f"{first.rstrip('：')}。详见上面的“检查和预览”。" if more else first)


def _answered(standing: Standing, _by: Any) -> None:
    if standing.open_comments:
        first, count = standing.open_comments[0], len(standing.open_comments)
        message = f"还有{count}条审核意见没有处理，例如“{first}”。请先在“审核意见”中写明处理情况。"
        raise RefusalError(message)


def _by_somebody_else(act: Act) -> Callable[[Standing, Any], None]:
    def check(standing: Standing, by: Any) -> None:
        alone(standing.disclosure, act, by)

    return check


def _as_signed(standing: Standing, _by: Any) -> None:
    unaltered(standing.disclosure, _draft(standing))


def _publishable(standing: Standing, _by: Any) -> None:
    differs(standing.disclosure, _draft(standing))
    check(standing.disclosure, _draft(standing))


def _by_second_person(standing: Standing, by: Any) -> None:
    if standing.urgent and standing.urgent.by_id == by.pk:
        raise RefusalError("紧急公开须由另一人确认，不能由公开人自己确认。")


def _as_published(standing: Standing, _by: Any) -> None:
    current = standing.current
    if current and _draft(standing).sha256 != current.content_sha256:
        message = f"内容与公开的第{current.number}版不同，不能放弃更正。请改回原样，或提交审核，公开更正。"
        raise RefusalError(message)


def _draft(standing: Standing) -> Document:
    return standing.document or Document.of(standing.disclosure)


def _always(_standing: Standing) -> bool:
    return True


CHECKS: dict[Act, tuple[Check, ...]] = {
    Act.SUBMIT: (_ready_for_review, _answered),
    Act.SIGN: (_by_somebody_else(Act.SIGN), _answered, _as_signed),
    Act.APPROVE: (_by_somebody_else(Act.APPROVE), _answered, _as_signed),
    Act.SCHEDULE: (_by_somebody_else(Act.SCHEDULE), _as_signed),
    Act.PUBLISH: (_by_somebody_else(Act.PUBLISH), _as_signed, _publishable),
    Act.PUBLISH_URGENTLY: (_by_somebody_else(Act.PUBLISH_URGENTLY), _publishable),
    Act.CONFIRM_URGENT: (_by_second_person,),
    Act.ABANDON: (_as_published,),
}
"""What the verbs refuse besides state and role, in their order."""

MATTERS: dict[str, Callable[[Standing], bool]] = {
    Unschedule.key: lambda standing: standing.disclosure.publish_at is not None,
    ConfirmUrgent.key: lambda standing: standing.urgent is not None,
    Abandon.key: lambda standing: standing.current is not None,
    Withdraw.key: lambda standing: bool(standing.live),
}
"""Acts that make no sense everywhere."""
