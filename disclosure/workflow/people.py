"""Who may take a step: the role the step asks for, no author of the figures, nobody twice in a row."""

from collections.abc import Collection
from typing import Any

from budgets.access import posts_of
from disclosure.enums import Act, Status
from disclosure.models import Disclosure, Transition
from disclosure.moves import FORWARD, MOVES, WITHIN_DEPARTMENT, roles_of
from disclosure.refusal import RefusalError
from disclosure.scopes import wrote_in
from disclosure.signatures import name_of


def holds(user: Any, disclosure: Disclosure, roles: Collection[str]) -> bool:
    """Tell whether a person holds one of the roles for a disclosure: for its unit, its department or its government."""
    return any(post.role in roles and _covers(post, disclosure) for post in posts_of(user))


def _covers(post: Any, disclosure: Disclosure) -> bool:
    if post.unit_id:
        return bool(post.unit_id == disclosure.unit_id)
    if post.department_id:
        return bool(post.department_id == disclosure.budget.department_id)
    return bool(post.government_id == disclosure.budget.fiscal_year.government_id)


def permit(disclosure: Disclosure, act: Act, by: Any) -> None:
    """Raise RefusalError where an act is not possible in this state, or not by this person."""
    status, move = Status(disclosure.status), MOVES[act]
    if status not in move.starts:
        starts = "、".join(f"“{start.label}”" for start in move.starts)
        message = f"{disclosure}现在是“{status.label}”，不能{act.label}；只有{starts}时可以{act.label}。"
        raise RefusalError(message)
    roles = roles_of(act, status)
    if not holds(by, disclosure, roles):
        names = "或".join(f"“{role.label}”" for role in roles)
        message = (
            f"用户“{by}”不是{disclosure}的{names}，不能{act.label}。请由担任这一岗位的人办理，或请安全管理员授予岗位。"
        )
        raise RefusalError(message)


def alone(disclosure: Disclosure, act: Act, by: Any) -> bool:
    """Tell whether a step would be the second in a row by one account, which only a small department's reviews may be.

    Raise RefusalError where nobody may: for an author, or outside a department that combines its reviews.
    """
    if wrote_in(by, disclosure):
        message = f"“{name_of(by)}”填写或导入过{disclosure}的内容，不能审核、签署或公开。请由没有参与填报的人办理。"
        raise RefusalError(message)
    last = last_step(disclosure)
    if last is None or last.by_id != by.pk:
        return False
    combined = disclosure.budget.department.combines_reviews and act is Act.SIGN
    if combined and last.before in WITHIN_DEPARTMENT and disclosure.status in WITHIN_DEPARTMENT:
        return True
    message = (
        f"“{name_of(by)}”刚办理了上一步“{last.get_act_display()}”（{last.get_before_display()}），"
        "相邻两步不能由同一账号办理。请由另一人办理。"
    )
    raise RefusalError(message)


def last_step(disclosure: Disclosure) -> Transition | None:
    """Return the last step towards publication in this round."""
    rows = Transition.objects.filter(disclosure=disclosure, round=disclosure.round, act__in=FORWARD)
    return rows.select_related("by").last()
