"""Terms explained where they are first used: below the paragraph, unfolded by mouse or keyboard, without a script.

Added when the page is shown, from the document's own 名词解释; the stored article stays as it was published.
"""

import re
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils.html import escape

from disclosure.content import Content

SECTION = "glossary"
SHORTEST = 2
PARAGRAPH = re.compile(r"(?P<kept><figure.*?</figure>)|<p>(?P<words>[^<]*)</p>", re.DOTALL)
NUMBERED = re.compile(r"^[（(]?[0-9一二三四五六七八九十]+[)）.、．]\s*")


class Term(NamedTuple):
    """A term with the document's explanation of it."""

    name: str
    explanation: str


def terms_of(content: Content) -> list[Term]:
    """Return the terms that a document explains."""
    lines = (
        line
        for section in content.sections
        if section.key == SECTION
        for block in section.blocks
        for line in (*(block.list or ()), *([block.paragraph] if block.paragraph else ()))
    )
    pairs = (NUMBERED.sub("", line).partition("：") for line in lines)
    return [Term(name.strip(), said.strip()) for name, colon, said in pairs if colon and len(name.strip()) >= SHORTEST]


def with_terms(article: str, content: Content) -> str:
    """Return an article whose terms are explained below the paragraph of their first use."""
    waiting = {escape(term.name): term for term in terms_of(content)}
    if not waiting:
        return article
    any_term = re.compile("|".join(re.escape(name) for name in sorted(waiting, key=len, reverse=True)))
    body, glossary, rest = article.partition(f'<section id="{SECTION}"')

    def explained(found: re.Match[str]) -> str:
        words = found["words"]
        names = dict.fromkeys(any_term.findall(words)) if words else ()
        first = [waiting.pop(name) for name in names if name in waiting]
        return found[0] + render_to_string("components/term_note.html", {"terms": first}) if first else found[0]

    return PARAGRAPH.sub(explained, body) + glossary + rest
