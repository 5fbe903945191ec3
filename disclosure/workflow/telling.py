"""Whom a step concerns: the next on its way, whoever gets it back, everybody who worked on what was published."""

from budgets.enums import Role
from disclosure.enums import Act, Status
from disclosure.models import Disclosure, NoticeKind, Transition
from disclosure.moves import HOLDERS, REVIEWS
from disclosure.notices import notify, recipients

WORKERS = (Role.CLERK, *(HOLDERS[step] for step in REVIEWS))
"""Everybody who had the draft on the desk before it was published."""

TOLD = {
    Act.SEND_BACK: (NoticeKind.RETURNED, (Role.CLERK,), "被退回：{comment}"),
    Act.PUBLISH: (NoticeKind.PUBLISHED, WORKERS, "已公开。"),
    Act.PUBLISH_URGENTLY: (
        NoticeKind.URGENT_OPEN,
        (Role.BUREAU_REVIEWER, Role.PUBLISHER),
        "已紧急公开，请另一人确认：{comment}",
    ),
    Act.CORRECT: (NoticeKind.SUBMITTED, (Role.CLERK,), "已发起更正，请修改后重新提交：{comment}"),
    Act.WITHDRAW: (NoticeKind.WITHDRAWN, WORKERS, "已撤下。{comment}"),
}


def tell(disclosure: Disclosure, transition: Transition) -> None:
    """Store the notices of a step; the person who took it is not told."""
    act, after = Act(transition.act), Status(transition.after)
    if act in TOLD:
        kind, roles, text = TOLD[act]
    elif act in {Act.SUBMIT, Act.SIGN, Act.APPROVE}:
        kind, roles, text = NoticeKind.SUBMITTED, (HOLDERS[after],), f"等待办理“{after.label}”。"
    else:
        return
    people = [user for user in recipients(disclosure, *roles) if user.pk != transition.by_id]
    notify(disclosure, kind, f"{disclosure}{text.format(comment=transition.comment)}", to=people)
