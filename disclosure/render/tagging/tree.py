"""The structure tree of a PDF as WeasyPrint leaves it: plain dictionaries that refer to each other by object number."""

from collections.abc import Iterator
from typing import Any, NamedTuple

WRAPPERS = ("/NonStruct", "/Div", "/Sect", "/Part", "/Art", "/P")
"""Elements that mean nothing once they are empty."""


class Leaf(NamedTuple):
    """A piece of marked content: the page it is drawn on, its number there, and the table it belongs to."""

    page: bytes
    mcid: int
    table: Any


class Tree:
    """Walks and mends the structure tree of a ``pydyf.PDF``; elements are ``pydyf.Dictionary`` objects."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = self.at(pdf.catalog["StructTreeRoot"])
        self.top = self.at(self.root["K"][0])

    def at(self, reference: bytes) -> Any:
        """Return the object that a reference names."""
        return self.pdf.objects[int(reference.split()[0])]

    def kids(self, element: Any) -> list[Any]:
        """Return the elements directly below one; marked content and annotations are not elements."""
        found = [self.at(kid) for kid in element["K"] if isinstance(kid, bytes)]
        return [kid for kid in found if "S" in kid]

    def adopt(self, parent: Any, kids: list[Any]) -> None:
        """Put elements below another, after those that are there."""
        for kid in kids:
            kid["P"] = parent.reference
            parent["K"].append(kid.reference)

    def below(self, element: Any) -> Iterator[Any]:
        """Yield the elements below one in reading order, each before its own kids."""
        for kid in self.kids(element):
            yield kid
            yield from self.below(kid)

    def leaves(self, element: Any, table: Any = None) -> Iterator[Leaf]:
        """Yield the marked content below an element in reading order."""
        inside = element if element["S"] == "/Table" else table
        for kid in element["K"]:
            if isinstance(kid, int):
                yield Leaf(element["Pg"], kid, inside)
            elif "S" in (found := self.at(kid)):
                yield from self.leaves(found, inside)

    def remove(self, element: Any) -> None:
        """Take an element with all below it out of the tree."""
        parent = self.at(element["P"])
        parent["K"].remove(element.reference)

    def prune(self) -> None:
        """Take out the wrappers that hold nothing any more."""
        self._prune(self.top)

    def _prune(self, element: Any) -> None:
        for kid in self.kids(element):
            self._prune(kid)
            if kid["S"] in WRAPPERS and not kid["K"]:
                element["K"].remove(kid.reference)

    def to_artifacts(self, leaves: list[Leaf]) -> None:
        """Tell readers to pass over marked content: it is drawn, and it is no part of the text."""
        by_page: dict[bytes, set[int]] = {}
        for leaf in leaves:
            by_page.setdefault(leaf.page, set()).add(leaf.mcid)
        for page, numbers in by_page.items():
            dictionary = self.at(page)
            _unmark(self.at(dictionary["Contents"]).stream, numbers)
            self._forget(dictionary["StructParents"], numbers)

    def _forget(self, page: int, numbers: set[int]) -> None:
        nums = self.at(self.root["ParentTree"])["Nums"]
        parents = nums[nums.index(page) + 1]
        for number in numbers:
            parents[number] = b"null"


def _unmark(stream: list[Any], numbers: set[int]) -> None:
    """Turn ``/Span <</MCID n>> BDC`` into ``/Artifact BMC`` in a content stream that is not written yet."""
    for at, part in enumerate(stream):
        if isinstance(part, dict) and part.get("MCID") in numbers:
            stream[at - 1], stream[at], stream[at + 1] = "/Artifact", b"", b"BMC"
