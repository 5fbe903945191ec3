"""名词解释 of all current editions: every term once, its explanations, and the departments that use them."""

from typing import NamedTuple

from disclosure.models import Edition, EditionText
from portal.standing import standing_everywhere

SECTION = "glossary"


class Explanation(NamedTuple):
    """One explanation of a term, and the newest edition of every department that gives it."""

    text: str
    editions: list[Edition]


class Term(NamedTuple):
    """A term with all its explanations."""

    name: str
    explanations: list[Explanation]


def terms() -> list[Term]:
    """Return the terms in the order in which documents explain them, in one query."""
    texts = EditionText.objects.filter(edition__in=standing_everywhere().order_by(), section=SECTION)
    ordered = texts.select_related("edition").order_by(
        "edition__government_code", "edition__department_code", "-edition__year", "pk"
    )
    found: dict[str, dict[str, dict[tuple[str, str], Edition]]] = {}
    for text in ordered:
        owner = (text.edition.government_code, text.edition.department_code)
        for line in text.body.splitlines():
            name, colon, said = line.partition("：")
            if colon:
                found.setdefault(name.strip(), {}).setdefault(said.strip(), {}).setdefault(owner, text.edition)
    return [
        Term(name, [Explanation(said, list(users.values())) for said, users in explained.items()])
        for name, explained in found.items()
    ]
