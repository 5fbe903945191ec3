"""Whether a draft takes files, or gives an import back: its clerk, its step on the way to the public, its year."""

from typing import Any

from budgets.access import allowed
from disclosure.models import Disclosure
from disclosure.refusal import RefusalError
from disclosure.scopes import locked_draft, siblings


def admit(disclosure: Disclosure, *, by: Any) -> None:
    """Let a clerk import or undo; raise RefusalError in words that say the way out."""
    if not allowed(by, Disclosure.objects.filter(pk=disclosure.pk), "change").exists():
        message = f"用户“{by}”不能填报{disclosure}，请由经办人导入或撤销，或请安全管理员授予“经办人”岗位。"
        raise RefusalError(message)
    if reason := locked(disclosure):
        raise RefusalError(reason)


def locked(disclosure: Disclosure) -> str:
    """Say why nobody may import or undo now, for this draft or one that shares its facts; blank where clerks may."""
    drafts = sorted(siblings(disclosure), key=lambda draft: draft.pk != disclosure.pk)
    return next((reason for draft in drafts if (reason := locked_draft(draft))), "")
