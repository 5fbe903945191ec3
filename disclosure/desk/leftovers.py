"""What of last year still stands in this year's draft, as the rules find it (families C, W and A)."""

from disclosure.desk.findings import Shown, part_of
from disclosure.desk.targets import Targets
from disclosure.document import Document
from disclosure.judgement import judge
from disclosure.models import Disclosure

FAMILIES = ("C", "W", "A")
"""Stale and left over; carried; said otherwise than the data say."""
OWN_LIST = "W03"
"""That a text was not looked at is said by the list itself."""


def leftovers_of(disclosure: Disclosure) -> list[Shown]:
    """Return the findings about what an old text says, each with its part and where it is mended."""
    document = Document.of(disclosure)
    targets = Targets(disclosure, document)
    return [
        Shown(item, part_of(document, item), targets.address(targets.of(item.said.places)))
        for item in judge(disclosure, document).items
        if item.said.code.startswith(FAMILIES) and item.said.code != OWN_LIST
    ]
