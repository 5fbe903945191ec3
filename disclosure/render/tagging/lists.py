"""Lists: each item is an LI of a label and a body, as PDF/UA wants them."""

from typing import Any

from disclosure.render.tagging.tree import Tree

ITEMS = ("/LI", "/L", "/Caption")


def mend(tree: Tree) -> None:
    """Turn every ``<div><dt><dd></div>`` of a description list into one item with its label."""
    for element in list(tree.below(tree.top)):
        if element["S"] == "/L":
            for kid in tree.kids(element):
                if kid["S"] not in ITEMS:
                    _to_item(tree, kid)


def _to_item(tree: Tree, group: Any) -> None:
    group["S"] = "/LI"
    for term in _terms(tree, group):
        tree.adopt(group, [term])
    for at, term in enumerate(tree.kids(group)):
        term["S"] = "/LBody" if at else "/Lbl"
        for body in tree.kids(term):
            if body["S"] == "/LBody":
                body["S"] = "/NonStruct" if at else "/Span"


def _terms(tree: Tree, group: Any) -> list[Any]:
    """Lift the items of a group out of the wrappers that lines of text brought, and empty the group."""
    found = [one for one in tree.below(group) if one["S"] == "/LI"]
    group["K"].clear()
    return found
