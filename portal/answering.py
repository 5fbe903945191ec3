"""An answer to a question: a page of hits with what was looked for marked, the filters that are left, honest counts."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Self

from budgets.models import Government
from disclosure.enums import SearchKind
from disclosure.models import SearchEntry
from disclosure.searching.words import squeeze
from portal.asking import Question
from portal.finding import Held, find
from portal.marking import Line, Piece, excerpt, marked
from portal.ranking import best
from portal.shelves import KINDS, Shelf

PER_PAGE = 20
OFFERED = 30
"""How many choices a filter offers at most, those that leave most: regions may be hundreds."""


class Choice(NamedTuple):
    """A filter on offer: how much it leaves, and its address."""

    label: str
    count: int
    address: str
    chosen: bool


class Filter(NamedTuple):
    """Choices of which one holds."""

    label: str
    choices: list[Choice]


class Hit(NamedTuple):
    """Something found, as it is shown."""

    entry: SearchEntry
    title: list[Piece]
    code: list[Piece]
    excerpt: list[Piece]

    @classmethod
    def of(cls, entry: SearchEntry, terms: list[str]) -> Self:
        """Mark the terms; show of the text what is around the first one, or the initials by which it was found."""
        names = [squeeze(name) for name in (entry.title, entry.code, entry.initials) if name]
        body = entry.words[len("\n".join(names)) + 1 :]
        elsewhere = [term for term in terms if term not in squeeze(entry.title) and term not in squeeze(entry.code)]
        by_initials = any(term in entry.initials and term not in body for term in elsewhere)
        lines = map(Line, entry.body.split("\n"), body.split("\n"))
        said = excerpt((line for line in lines if line.text != entry.title), elsewhere or terms)
        text = f"拼音首字母：{entry.initials}" if by_initials else said
        return cls(entry, marked(entry.title, terms), marked(entry.code, terms), marked(text, terms))


class Answer(NamedTuple):
    """What was found: how much, a page of it, and how it can be narrowed."""

    question: Question
    total: int
    unfiltered: int
    hits: list[Hit]
    filters: list[Filter]
    pages: int
    more: bool = False
    """Whether there are editions with the words that were not looked into: the total is at least that."""
    wide: bool = False
    """Whether there are such without the filters: so are the other numbers."""

    @classmethod
    def to(cls, question: Question, shelf: Shelf) -> Self:
        """Look for it; a page after the last one is the last one."""
        found = find(shelf, question.terms)
        tally = _tally(found)
        total = sum(count for of, count in tally.items() if _passes(of, question))
        pages = max(1, -(-total // PER_PAGE))
        page = min(question.page, pages)
        entries = best(_kept(found, question), (page - 1) * PER_PAGE, page * PER_PAGE) if total else []
        hits = [Hit.of(entry, question.terms) for entry in entries]
        filters = _filters(question, tally)
        return cls(question._replace(page=page), total, tally.total(), hits, filters, pages, shelf.more, shelf.wide)

    @property
    def first(self) -> int:
        """Return the number of the first hit of this page."""
        return (self.question.page - 1) * PER_PAGE + 1

    @property
    def last(self) -> int:
        """Return the number of the last hit of this page."""
        return self.first + len(self.hits) - 1

    @property
    def notice(self) -> str:
        """Return the remark that all hits of this page carry; blank where they carry none or several."""
        notices = {hit.entry.edition.notice for hit in self.hits}
        return notices.pop() if len(notices) == 1 else ""

    @property
    def before(self) -> str:
        """Return the address of the page before; blank on the first one."""
        page = self.question.page
        return self.question._replace(page=page - 1).address if page > 1 else ""

    @property
    def after(self) -> str:
        """Return the address of the next page; blank on the last one."""
        page = self.question.page
        return self.question._replace(page=page + 1).address if page < self.pages else ""

    @property
    def unnarrowed(self) -> str:
        """Return the address of the same question without filters."""
        return Question(self.question.words).address


class Of(NamedTuple):
    """What filters look at."""

    kind: str
    year: int
    government: str


def _tally(found: list[Held]) -> Counter[Of]:
    """Count what was found, by what filters look at."""
    tally: Counter[Of] = Counter()
    for one in found:
        for kind, mask in one.sheet.kinds.items():
            if count := (one.said & mask).bit_count():
                tally[Of(kind, one.sheet.year, one.sheet.government)] += count
    return tally


def _kept(found: list[Held], question: Question) -> list[Held]:
    """Keep what passes the filters."""
    kept = []
    for one in found if question.filtered else ():
        of = one.sheet
        kinds = [kind for kind in KINDS if _passes(Of(kind, of.year, of.government), question)]
        if kinds:
            kept.append(one if len(kinds) == len(KINDS) else one.within(sum(of.kinds[kind] for kind in kinds)))
    return kept if question.filtered else found


def _passes(of: Of, question: Question, but: str = "") -> bool:
    """Tell whether something passes the filters, the one called ``but`` left out."""
    asked = {"kind": question.kind, "year": question.year, "government": question.government}
    return all(not wanted or name == but or getattr(of, name) == wanted for name, wanted in asked.items())


def _filters(question: Question, tally: Counter[Of]) -> list[Filter]:
    """Offer kinds and years, and governments where several have something."""
    offers: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
        ("kind", "类别", lambda kind: SearchKind(kind).label),
        ("year", "年度", lambda year: f"{year}年"),
    )
    codes = {of.government for of in tally}
    if len(codes) > 1:
        names = dict(Government.objects.filter(code__in=codes).values_list("code", "name"))
        offers += (("government", "地区", lambda code: names.get(code, code)),)
    filters = [Filter(label, list(_choices(question, tally, name, said))) for name, label, said in offers]
    return [one for one in filters if len(one.choices) > 2]  # noqa: PLR2004 all of it, and two to choose between


def _choices(question: Question, tally: Counter[Of], name: str, said: Callable[[Any], str]) -> Iterable[Choice]:
    counts: Counter[Any] = Counter()
    for of, count in tally.items():
        if _passes(of, question, but=name):
            counts[getattr(of, name)] += count
    chosen = getattr(question, name)
    nothing = Question._field_defaults[name]
    first = question._replace(page=1)
    yield Choice("全部", counts.total(), first._replace(**{name: nothing}).address, not chosen)
    offered = [value for value, _ in counts.most_common(OFFERED)]
    if chosen and chosen not in offered and chosen in counts:
        offered.append(chosen)
    for value in sorted(offered, key=KINDS.index if name == "kind" else None, reverse=name == "year"):
        yield Choice(said(value), counts[value], first._replace(**{name: value}).address, value == chosen)
