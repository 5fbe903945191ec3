"""What several rules read of one document: worked out once, and kept as long as the document is."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from disclosure.document import Document

Read = TypeVar("Read")
_KEPT: WeakKeyDictionary[Document, dict[Callable[[Document], Any], Any]] = WeakKeyDictionary()


def once(read: Callable[[Document], Read]) -> Callable[[Document], Read]:
    """Make ``read`` work once for each document; what it returns is shared, holds no document, and is not changed."""

    @wraps(read)
    def reading(document: Document) -> Read:
        known = _KEPT.setdefault(document, {})
        if read not in known:
            known[read] = read(document)
        found: Read = known[read]
        return found

    return reading
