"""From a department's first screen straight to what is asked for most, where the document has it."""

from typing import NamedTuple

from disclosure.content import Content
from disclosure.facts import ProjectFact
from disclosure.tables.t02_income import Income
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t07_three_public import ThreePublic

TABLES = {Income.key: "收入总表", Spending.key: "支出总表", ThreePublic.key: "“三公”经费和增减"}
SECTIONS = {"performance": "绩效目标", "glossary": "名词解释"}


class Shortcut(NamedTuple):
    """A place in the document, and what people call it."""

    anchor: str
    label: str


def shortcuts(content: Content) -> list[Shortcut]:
    """Return the places that ``content`` has, in their usual order."""
    tables, sections = {one.key for one in content.tables}, {one.key for one in content.sections}
    found = [Shortcut(f"table-{key}", label) for key, label in TABLES.items() if key in tables]
    return found + [Shortcut(key, label) for key, label in SECTIONS.items() if key in sections]


def largest(content: Content) -> ProjectFact | None:
    """Return the project with the most money; what is put together for secrecy has no code and is none."""
    return max((one for one in content.facts.projects if one.code), key=lambda one: one.amount, default=None)
