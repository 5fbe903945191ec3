"""The form in which texts and questions are compared, and the characters and pairs by which they are found."""

import re
import unicodedata
from collections.abc import Sequence

IGNORED = frozenset("“”‘’\"'「」『』《》〈〉")
"""What people leave out when they ask: 三公经费 finds “三公”经费."""

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
RUN = re.compile(r"[^\W_]+")
LONGEST = 2
"""The length of the longest gram."""


class _Folded(dict[int, str]):
    """Each character as it is compared, by its number: half-width, lower case; nothing for what is left out."""

    def __missing__(self, number: int) -> str:
        char = chr(number)
        plain = unicodedata.normalize("NFKC", char).lower()
        kept = (one for one in plain if not one.isspace() and one not in IGNORED)
        self[number] = "".join(one for one in kept if unicodedata.category(one) not in INVISIBLE)
        return self[number]


FOLDED = _Folded({ord("\n"): "\n"})


def squeeze(text: str) -> str:
    """Return a text in the form that is compared; its lines remain lines."""
    return text.translate(FOLDED)


def traced(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as it is compared, and for each of its characters the place in ``text`` that it came from."""
    if all(len(FOLDED[ord(char)]) == 1 for char in set(text)):
        return squeeze(text), range(len(text))
    places = [at for at, char in enumerate(text) for _ in FOLDED[ord(char)]]
    return squeeze(text), places


def grams_of(words: str) -> set[str]:
    """Return every character and every pair of neighbours among the letters and digits of a squeezed text."""
    return {
        run[at : at + size] for run in RUN.findall(words) for size in (1, LONGEST) for at in range(len(run) - size + 1)
    }


def needed(term: str) -> list[str]:
    """Return the grams that a text must have where it holds ``term``: pairs, a character that stands alone."""
    found: list[str] = []
    for run in RUN.findall(term):
        found += [run[at : at + LONGEST] for at in range(max(1, len(run) - 1))]
    return list(dict.fromkeys(found))


def is_gram(term: str) -> bool:
    """Tell whether a term is itself a gram, so that having the gram is holding the term."""
    return len(term) <= LONGEST and RUN.fullmatch(term) is not None
