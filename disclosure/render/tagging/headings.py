"""The title over a table is a heading of the third level: readers leap from table to table by it."""

from disclosure.render.tagging.tree import Tree


def mend(tree: Tree) -> None:
    """Turn the captions of figures that hold no picture into headings."""
    for element in tree.below(tree.top):
        if element["S"] == "/Caption" and tree.at(element["P"])["S"] == "/NonStruct":
            element["S"] = "/H3"
