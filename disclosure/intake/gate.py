"""Whether a draft takes files, or gives an import back: its clerk, its step on the way to the public, its year."""

from typing import Any

from budgets.access import allowed
from budgets.enums import Role
from disclosure.enums import EDITABLE, Status
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError

HOLDERS = {
    Status.DEPARTMENT_REVIEW: Role.DEPARTMENT_REVIEWER,
    Status.SECRECY_REVIEW: Role.SECRECY_REVIEWER,
    Status.SIGNING: Role.SIGNING_HEAD,
    Status.BUREAU_REVIEW: Role.BUREAU_REVIEWER,
    Status.READY: Role.PUBLISHER,
}
"""Who has the draft on his desk, and can return it."""


def admit(disclosure: Disclosure, *, by: Any) -> None:
    """Let a clerk import or undo; raise RefusalError in words that say the way out."""
    if not allowed(by, Disclosure.objects.filter(pk=disclosure.pk), "change").exists():
        message = f"用户“{by}”不能填报{disclosure}，请由经办人导入或撤销，或请安全管理员授予“经办人”岗位。"
        raise RefusalError(message)
    if reason := locked(disclosure):
        raise RefusalError(reason)


def locked(disclosure: Disclosure) -> str:
    """Say why nobody may import or undo now; blank where clerks may."""
    year = disclosure.budget.fiscal_year
    if not year.is_open:
        return f"{year}已停止填报，不能导入或撤销导入。确需修改的，请系统管理员在“预算年度”中恢复“开放填报”。"
    if disclosure.status in EDITABLE:
        return ""
    state = Status(disclosure.status)
    return (
        f"{disclosure}现在是“{state.label}”，内容已锁定，不能导入或撤销导入。"
        f"请{HOLDERS[state].label}退回，状态回到“{Status.DRAFTING.label}”后再导入。"
    )
