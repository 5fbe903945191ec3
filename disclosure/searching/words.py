"""The form in which texts and questions are compared, and the neighbours by which they are found."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from operator import add
from zlib import crc32

IGNORED = frozenset("“”‘’\"'「」『』《》〈〉")
"""What people leave out when they ask: 三公经费 finds “三公”经费."""

INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
RUN = re.compile(r"[^\W_]+")
LONGEST = 3
"""The length of the longest gram."""

BUCKETS = 512
"""Into how many leaves the grams of an edition are put: a question reads one leaf of each edition for each gram."""


Tiles = list[tuple[int, str]]

UNEQUAL: set[str] = set()
"""Characters met so far that are compared as none or as several."""


class _Folded(dict[int, str]):
    """Each character as it is compared, by its number: half-width, lower case; nothing for what is left out."""

    def __missing__(self, number: int) -> str:
        char = chr(number)
        plain = unicodedata.normalize("NFKC", char).lower()
        kept = (one for one in plain if not one.isspace() and one not in IGNORED)
        self[number] = "".join(one for one in kept if unicodedata.category(one) not in INVISIBLE)
        if len(self[number]) != 1:
            UNEQUAL.add(char)
        return self[number]


FOLDED = _Folded({ord("\n"): "\n"})


def squeeze(text: str) -> str:
    """Return a text in the form that is compared; its lines remain lines."""
    return text.translate(FOLDED)


def traced(text: str) -> tuple[str, Sequence[int]]:
    """Return a text as it is compared, and for each of its characters the place in ``text`` that it came from."""
    words = squeeze(text)
    if UNEQUAL.isdisjoint(text):
        return words, range(len(text))
    return words, [at for at, char in enumerate(text) for _ in FOLDED[ord(char)]]


def short_grams_of(words: str) -> set[str]:
    """Return every character and every two neighbours among the letters and digits of a squeezed text."""
    found: set[str] = set()
    for run in RUN.findall(words):
        found.update(run, map(add, run, run[1:]))
    return found


def triples_of(words: str, start: int = 0) -> Iterator[tuple[int, str]]:
    """Yield all three neighbours among them, with where each begins when the text begins at ``start``."""
    for run in RUN.finditer(words):
        said = run[0]
        yield from enumerate(map(add, map(add, said, said[1:]), said[2:]), start + run.start())


def grams_of(words: str) -> set[str]:
    """Return all one to three neighbours among them."""
    return short_grams_of(words) | {gram for _, gram in triples_of(words)}


def beginnings(name: str) -> list[str]:
    """Return the grams with which a squeezed name begins; none where it begins with a bracket or the like."""
    run = RUN.match(name)
    return [run[0][:size] for size in range(1, min(LONGEST, len(run[0])) + 1)] if run else []


def endings(name: str) -> list[str]:
    """Return the grams with which a squeezed name ends."""
    return [gram[::-1] for gram in beginnings(name[::-1])]


def pairs_of(term: str) -> list[str]:
    """Return the pairs of neighbours in a squeezed text, in their order."""
    return list(dict.fromkeys(run[at : at + 2] for run in RUN.findall(term) for at in range(len(run) - 1)))


def tiles(run: str) -> Tiles:
    """Return the grams that a run of letters and digits is laid out with, and how far each is from its beginning."""
    last = max(0, len(run) - LONGEST)
    return [(at, run[at : at + LONGEST]) for at in (*range(0, last, LONGEST), last)]


def needed(term: str) -> list[str]:
    """Return grams that a text must have where it holds a squeezed term: those that its runs are laid out with."""
    return list(dict.fromkeys(gram for run in RUN.findall(term) for _, gram in tiles(run)))


def bucket_of(gram: str) -> int:
    """Return the bucket into which a gram falls, the same for ever: leaves are stored by it."""
    return crc32(gram.encode()) % BUCKETS


def numbered(gram: str, *, named: bool = False) -> int:
    """Return the number of a gram in the set of an edition, the same for ever; that of its standing in a name."""
    return crc32(f"\t{gram}".encode() if named else gram.encode()) & 0x7FFFFFFF


def telling(term: str, *, named: bool = False) -> set[int]:
    """Return the numbers of grams that an edition must have where it holds a squeezed term (in a name): they overlap.

    Of texts one or two characters are kept, of names three as well: more names than texts are asked for, and long ones.
    """
    most = LONGEST if named else LONGEST - 1
    sizes = ((run, min(len(run), most)) for run in RUN.findall(term))
    grams = (run[at : at + size] for run, size in sizes for at in range(len(run) - size + 1))
    return {numbered(gram, named=named) for gram in grams}
