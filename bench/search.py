"""Search in N documents of about 850 characters, against a bare LIKE scan of the same text; recall and precision."""

import random
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.utils import timezone

from disclosure.document import Document
from disclosure.enums import EditionKind, SearchKind
from disclosure.models import Disclosure, Edition, SearchEntry, SearchLeaf
from disclosure.models.search import SPAN
from disclosure.sample.government import Plan, make_government
from disclosure.searching.entries import Entry, entries_of
from disclosure.searching.index import put, remove
from disclosure.searching.words import RUN, squeeze
from portal.answering import Answer
from portal.asking import Question
from portal.finding import find
from portal.shelves import Shelf, places

DOCUMENTS, LENGTH, IN_ONE = 2000, 850, 100
"""How many documents, how long each is, and how many make an edition."""

PHRASES, QUESTIONS = 20_000, 300
SIZES = (1, 2, 2, 2, 2, 3, 3, 4, 4, 6)
"""How long questions are: as often as people ask in so many characters."""


class Taken(NamedTuple):
    """How long one question took, in seconds."""

    ours: float
    scan: float


def measure(documents: int = DOCUMENTS) -> list[str]:
    """Return the ratio of the 95th percentiles in words, and what the index took."""
    dice = random.Random(1)  # noqa: S311 a benchmark wants the same draws each time
    texts, written, edition = _store(documents, dice)
    questions = [_drawn(dice, texts, dice.choice(SIZES)) for _ in range(QUESTIONS)]
    taken = [Taken(_fastest(_ours, words), _fastest(_scan, words)) for words in questions]
    recall, precision = _agreement(questions[:60])
    ours, scan = (_p95([getattr(one, side) for one in taken]) for side in Taken._fields)
    said = (
        f"search: {ours / scan:.2f}（每次搜索 p95 {ours * 1000:.1f} ms ÷ LIKE 扫描同一文字 p95 {scan * 1000:.1f} ms；"
        f"{documents}份，{QUESTIONS}问，召回 {recall:.2f}，准确 {precision:.2f}，{connection.vendor}）"
    )
    rows = f"{SearchLeaf.objects.count()}行"
    return [
        said,
        f"search 索引：{rows}，写入每份 {written / documents * 1000:.2f} ms，一个部门的版次 {edition * 1000:.0f} ms",
    ]


def _store(documents: int, dice: random.Random) -> tuple[list[str], float, float]:
    """Store documents made of the words of a synthetic department, a hundred in an edition.

    Return their texts, how long the index took (seconds), and how long it takes for the department's own edition.
    """
    government = make_government(Plan(departments=1, years=1, seed=1))
    draft = Disclosure.objects.get(budget__fiscal_year__government=government, unit=None)
    own = list(entries_of(Document.of(draft).content))
    phrases = _phrases("\n".join(entry.body for entry in own), dice)
    weights = [1 / (at + 20) for at in range(PHRASES)]
    texts, written = [], 0.0
    for number in range(1, -(-documents // IN_ONE) + 1):
        count = min(IN_ONE, documents - len(texts))
        bodies = [_text(dice, phrases, weights) for _ in range(count)]
        written += _written(
            _edition(draft, number), [Entry(SearchKind.SECTION, one[:10], body=one[10:]) for one in bodies]
        )
        texts += [squeeze(body) for body in bodies]
    published = _edition(draft, 0)
    edition = _written(published, own)
    remove(published)
    connection.cursor().execute("ANALYZE")
    return texts, written, edition


def _written(edition: Edition, entries: list[Entry]) -> float:
    begun = time.perf_counter()
    with transaction.atomic():
        put(edition, entries)
    return time.perf_counter() - begun


def _phrases(said: str, dice: random.Random) -> list[str]:
    """Put phrases together from the words of a text, the first of them the most frequent."""
    runs = RUN.findall(said)
    words = sorted({run[at : at + 2 + at % 3] for run in runs for at in range(0, len(run), 3)})
    return ["".join(dice.choices(words, k=dice.randint(2, 5))) for _ in range(PHRASES)]


def _text(dice: random.Random, phrases: list[str], weights: list[float]) -> str:
    return "，".join(dice.choices(phrases, weights, k=LENGTH // 6))[:LENGTH]


def _edition(draft: Disclosure, number: int) -> Edition:
    by, _ = get_user_model().objects.get_or_create(username="bench")
    names = dict.fromkeys(("department_name", "title", "topic", "publisher"), "示例")
    codes = {"government_code": "990001", "department_code": f"{number:03}", "index_number": str(number)}
    state: dict[str, Any] = {"kind": EditionKind.FIRST, "year": 2022, "phase": "initial", "published_by": by}
    return Edition.objects.create(
        disclosure=draft, number=number, content_sha256="0" * 64, published_at=timezone.now(), **names, **codes, **state
    )


def _drawn(dice: random.Random, texts: list[str], size: int) -> str:
    """Draw a question from a text, of characters that are no punctuation."""
    while True:
        text = dice.choice(texts)
        at = dice.randrange(len(text) - size)
        if RUN.fullmatch(text[at : at + size]):
            return text[at : at + size]


def _ours(words: str) -> int:
    question = Question(words)
    return Answer.to(question, Shelf.read(question)).total


def _scan(words: str) -> int:
    return len(SearchEntry.objects.filter(words__contains=words).order_by().values_list("pk", flat=True))


def _fastest(work: Callable[[str], int], words: str) -> float:
    """Return the shortest of three attempts: what else the machine does is not measured."""
    taken = []
    for _ in range(3):
        begun = time.perf_counter()
        work(words)
        taken.append(time.perf_counter() - begun)
    return min(taken)


def _p95(taken: list[float]) -> float:
    return sorted(taken)[int(len(taken) * 0.95)]


def _agreement(questions: list[str]) -> tuple[float, float]:
    """Return recall and precision of what is found, against the scan, over all questions together."""
    both = found = wanted = 0
    for words in questions:
        scanned = set(SearchEntry.objects.filter(words__contains=words).values_list("pk", flat=True))
        held = find(Shelf.read(Question(words)), [squeeze(words)])
        ours = {one.sheet.edition * SPAN + place for one in held for place in places(one.said)}
        both, found, wanted = both + len(scanned & ours), found + len(ours), wanted + len(scanned)
    return both / wanted, both / found
