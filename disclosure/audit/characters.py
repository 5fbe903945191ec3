"""W01 and W02: tokens that nobody resolved, characters that no font prints."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem
from disclosure.audit.texts import having, quoted, whole
from disclosure.coverage import unprintable
from disclosure.document import Document

LEFT = re.compile(r"\{\{?[^{}\n]{0,40}\}\}?")


@rule("W01", Family.PROSE, Severity.ERROR)
def tokens_are_resolved(document: Document) -> Iterator[Outcome]:
    """文字中的自动取数标记都能取到数，没有留下花括号标记。"""
    for token in document.context.lost:
        yield Problem(f"{token}取不到数。请改正标记，或改为文字。")
    for text in having(document, "{"):
        for token in dict.fromkeys(LEFT.findall(text.text)):
            yield text.problem(f"留有未替换的标记“{token}”。请改正标记，或改为文字。")
    yield Agreed()


@rule("W02", Family.PROSE, Severity.ERROR)
def characters_can_be_printed(document: Document) -> Iterator[Outcome]:
    """每个字都能印出来，没有字体缺字、私用区字和控制字符。"""
    for text in having(document, *unprintable(whole(document))):
        for char in unprintable(text.text):
            at = text.text.index(char)
            around = quoted("".join(c for c in text.text[max(0, at - 8) : at + 9] if c not in unprintable(c)))
            yield text.problem(f"有无法印出的字符{_spoken(char)}（“{around}”附近）。请改用通用字，或删除。")
    yield Agreed()


def _spoken(char: str) -> str:
    """Say a character by its code point, and itself where it can be seen."""
    return f"U+{ord(char):04X}" + (f"“{char}”" if char.isprintable() else "")
