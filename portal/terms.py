"""名词解释 of current editions: every term once, its explanations, and the departments that use them."""

import re
from itertools import count
from typing import NamedTuple

from disclosure.models import Edition, EditionText
from disclosure.searching.entries import TERM
from disclosure.searching.words import squeeze
from portal.standing import standing_everywhere

SECTION = "glossary"
READ = 1000
"""How many editions terms are taken from, the newest."""

LIST = re.compile(r'<ul class="terms">.*?</ul>', re.DOTALL)


class Explanation(NamedTuple):
    """One explanation of a term, and the newest edition of every department that gives it."""

    text: str
    editions: list[Edition]


class Term(NamedTuple):
    """A term with all its explanations; ``anchor`` is its place on the page, of its name and so the same for ever."""

    name: str
    explanations: list[Explanation]
    anchor: str = ""


def terms() -> list[Term]:
    """Return the terms in the order in which documents explain them, in one query."""
    newest = standing_everywhere().order_by("-pk").values("pk")[:READ]
    texts = EditionText.objects.filter(edition__in=newest, section=SECTION).select_related("edition").order_by()
    ordered = sorted(texts, key=lambda one: (_owner(one), -one.edition.year, one.pk))
    found: dict[str, dict[str, dict[tuple[str, str], Edition]]] = {}
    for text in ordered:
        for line in text.body.splitlines():
            name, colon, said = line.partition("：")
            if colon:
                found.setdefault(name.strip(), {}).setdefault(said.strip(), {}).setdefault(_owner(text), text.edition)
    taken: dict[str, int] = {}
    return [
        Term(name, [Explanation(said, list(users.values())) for said, users in explained.items()], _anchor(name, taken))
        for name, explained in found.items()
    ]


def _owner(text: EditionText) -> tuple[str, str]:
    return text.edition.government_code, text.edition.department_code


def with_places(article: str) -> str:
    """Return a stored article in which every term of its lists can be led to, numbered as search numbers them."""
    numbers = count(1)

    def placed(found: re.Match[str]) -> str:
        return re.sub("<li>", lambda _: f'<li id="{TERM}{next(numbers)}">', found[0])

    return LIST.sub(placed, article)


def _anchor(name: str, taken: dict[str, int]) -> str:
    """Return a place of its own for a term; names that differ by quotation marks only are numbered."""
    plain = f"{TERM}{squeeze(name)}"
    taken[plain] = taken.get(plain, 0) + 1
    return plain if taken[plain] == 1 else f"{plain}-{taken[plain]}"
