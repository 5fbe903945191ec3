"""What became of a thing from one edition to the next."""

from enum import Enum
from typing import NamedTuple


class Fate(Enum):
    """Added, removed, changed, or as it was."""

    ADDED = "新增"
    REMOVED = "删除"
    CHANGED = "修改"
    SAME = "未变"

    def __str__(self) -> str:
        return self.value

    @classmethod
    def of(cls, before: object | None, after: object | None) -> "Fate":
        """Say what became of something of which ``None`` means that it is not there."""
        if before is None:
            return cls.ADDED
        return cls.REMOVED if after is None else cls.CHANGED


class Restated(NamedTuple):
    """Something named that is said differently; blank where nothing is said."""

    label: str
    before: str
    after: str
