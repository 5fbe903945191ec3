"""Sentences computed from the facts: which of a layout's wordings is true, with its tokens put in place."""

from collections.abc import Callable, Iterator

from disclosure.narrative.comparisons import three_public_moves
from disclosure.narrative.tokens import TOKENS, resolve, unknown, unresolved
from disclosure.narrative.voice import Voice, direction, wan

__all__ = ["CHOICES", "TOKENS", "Voice", "direction", "resolve", "said", "unknown", "unresolved", "wan"]

SPENT = ("支出", "基本支出", "人员经费", "公用经费", "项目支出")


def _known(voice: Voice, *names: str) -> bool:
    return all(TOKENS[f"上年{name}"](voice) is not None for name in names)


def _change(voice: Voice) -> Iterator[str]:
    yield "change" if _known(voice, *SPENT) else "no_previous"
    if _known(voice, "收入"):
        yield "revenue_change"


def _operating_costs(voice: Voice) -> Iterator[str]:
    yield "operating_costs" if voice.facts.operating_costs.items else "no_operating_costs"


def _three_public(voice: Voice) -> Iterator[str]:
    yield "three_public"
    yield "three_public_change" if three_public_moves(voice) is not None else "no_previous"


def _if_spent(key: str, table: str) -> Callable[[Voice], Iterator[str]]:
    """Say ``key`` where the table has rows, its ``no_…`` where it is empty."""

    def choose(voice: Voice) -> Iterator[str]:
        yield key if table in voice.tables and voice.tables[table].rows else f"no_{key}"

    return choose


CHOICES: dict[str, Callable[[Voice], Iterator[str]]] = {
    "change": _change,
    "operating_costs": _operating_costs,
    "three_public": _three_public,
    "fund": _if_spent("fund", "fund_expenditure"),
    "capital": _if_spent("capital", "capital_expenditure"),
}
"""Where a sentence has more than one wording, or more than one part: the keys that are true; else its own key is."""

JOINED = {"three_public"}
"""Sentences whose parts make one paragraph."""


def said(key: str, voice: Voice) -> list[str]:
    """Return the paragraphs of the computed sentence ``key``, tokens still in their braces."""
    chosen = CHOICES[key](voice) if key in CHOICES else iter((key,))
    words = [voice.words(one) for one in chosen]
    return ["".join(words)] if key in JOINED else words
