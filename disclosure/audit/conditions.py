"""Conditions that many rules share: whose document it is, and whether it is a budget."""

from disclosure.document import Document

FINAL = "final"
"""The phase of 决算."""


def own(document: Document) -> str | None:
    """Apply to documents of this portal, whose facts are complete."""
    return "不是本平台写成的文件" if document.context.foreign else None


def budget_only(document: Document) -> str | None:
    """Apply to budgets, not to 决算."""
    return "这是决算文件" if document.content.phase == FINAL else None
