"""补齐文件 from the board: by whom, and what is said of it."""

from typing import Any

from django.conf import settings

from budgets.enums import Role
from budgets.models import Budget, FiscalYear
from disclosure import workflow
from disclosure.models import Disclosure, Edition, Withdrawal
from disclosure.refusal import RefusalError
from disclosure.workflow.claiming import hurry
from disclosure.workflow.people import holds

COMPLETING = (Role.BUREAU_REVIEWER, Role.PUBLISHER)


def completes_in(user: Any, year: FiscalYear) -> bool:
    """Tell whether somebody has missing files drawn for a government's year."""
    return holds(user, Disclosure(budget=Budget(fiscal_year=year)), COMPLETING)


def complete(edition: Edition, *, by: Any) -> str:
    """Draw the files an edition lacks and say which were added; raise RefusalError where one still cannot be drawn."""
    if not holds(by, edition.disclosure, COMPLETING):
        message = f"用户“{by}”不是{edition.disclosure}的“财政审核人”或“发布人”，不能补齐文件。"
        raise RefusalError(message)
    if Withdrawal.objects.filter(edition=edition).exists():
        message = f"{edition}已经撤下，不再补齐文件。"
        raise RefusalError(message)
    if settings.RENDER_WORKERS:
        hurry(edition, by=by)
        return f"{edition}：已交给生成文件的进程，完成后出现在公开页面上。"
    try:
        added = workflow.complete_files(edition, by=by)
    except workflow.IncompleteError as error:
        message = f"{edition}：{error}"
        raise RefusalError(message) from error
    names = "、".join(file.get_format_display() for file in added)
    return f"{edition}：已补齐{names}。" if added else f"{edition}：文件已经齐全，不需要补。"
