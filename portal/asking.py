"""A question to search, as it stands in an address: what is looked for, and the filters."""

import re
from typing import NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict

from disclosure.enums import SearchKind
from disclosure.searching.words import needed, squeeze

LONGEST = 60
"""How many characters a question may have."""

CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class Question(NamedTuple):
    """What somebody asks; a filter that does not exist counts as none."""

    words: str = ""
    kind: str = ""
    year: int | None = None
    government: str = ""
    page: int = 1

    @classmethod
    def of(cls, given: QueryDict) -> Self:
        """Read an address."""
        kind, government = given.get("kind", ""), given.get("government", "")
        year, page = (_number(given.get(name, "")) for name in ("year", "page"))
        return cls(
            CONTROL.sub(" ", given.get("q", "")).strip(),
            kind if kind in SearchKind.values else "",
            year,
            government if re.fullmatch(r"[0-9]{6}", government) else "",
            page or 1,
        )

    @property
    def terms(self) -> list[str]:
        """Return the words between spaces as they are compared; what has no letter or digit is no word."""
        return list(dict.fromkeys(term for term in map(squeeze, self.words.split()) if needed(term)))

    @property
    def too_long(self) -> bool:
        """Tell whether there are more characters than are looked for."""
        return len(self.words) > LONGEST

    @property
    def filtered(self) -> bool:
        """Tell whether anything is filtered."""
        return bool(self.kind or self.year or self.government)

    @property
    def address(self) -> str:
        """Return the question as the query of an address, without what it does not need."""
        said = {"q": self.words, "kind": self.kind, "year": self.year, "government": self.government}
        said["page"] = self.page if self.page > 1 else None
        return urlencode({name: value for name, value in said.items() if value})


def _number(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,3}", text) else None
