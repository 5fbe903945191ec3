"""An answer to a question: a page of hits with what was looked for marked, the filters that are left, honest counts."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, Self

from budgets.models import FiscalYear, Government
from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchEntry, SearchGram
from disclosure.searching.words import needed
from portal.asking import Question
from portal.finding import Held, best, find
from portal.marking import Piece, excerpt, holds, marked

PER_PAGE = 20
SUGGESTED = 4


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
        elsewhere = [term for term in terms if not (holds(entry.title, term) or holds(entry.code, term))]
        by_initials = any(term in entry.initials and not holds(entry.body, term) for term in elsewhere)
        body = "\n".join(line for line in entry.body.splitlines() if line != entry.title)
        text = f"拼音首字母：{entry.initials}" if by_initials else excerpt(body, elsewhere or terms)
        return cls(entry, marked(entry.title, terms), marked(entry.code, terms), marked(text, terms))


class Answer(NamedTuple):
    """What was found: how much, a page of it, and how it can be narrowed."""

    question: Question
    total: int
    unfiltered: int
    hits: list[Hit]
    filters: list[Filter]
    pages: int

    @classmethod
    def to(cls, question: Question) -> Self:
        """Look for it; a page after the last one is the last one."""
        found = find(question.terms)
        kept = [one for one in found if _passes(one, question)]
        total = sum(one.count for one in kept)
        pages = max(1, -(-total // PER_PAGE))
        page = min(question.page, pages)
        entries = best(kept, (page - 1) * PER_PAGE, page * PER_PAGE) if total else []
        hits = [Hit.of(entry, question.terms) for entry in entries]
        everywhere = sum(one.count for one in found)
        return cls(question._replace(page=page), total, everywhere, hits, _filters(question, found), pages)

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


class Help(NamedTuple):
    """What somebody can do who has not found anything, or has not asked yet."""

    searched: int
    shorter: list[str]
    years: list[FiscalYear]
    terms: list[str]

    @classmethod
    def on(cls, question: Question) -> Self:
        """Look up how much is public, what parts of the question stand somewhere, the years, the glossary."""
        editions = Edition.objects.current().filter(withdrawal=None).count()
        pairs = [gram for term in question.terms for gram in needed(term)[::2] if gram not in question.terms]
        known = set(SearchGram.objects.filter(gram__in=pairs).values_list("gram", flat=True).distinct())
        current = {"edition__superseded_by": None, "edition__withdrawal": None, "kind": SearchKind.TERM}
        terms = SearchEntry.objects.filter(**current).order_by("title").values_list("title", flat=True)
        years = FiscalYear.objects.select_related("government").order_by("-year", "government__code")
        shorter = [gram for gram in pairs if gram in known][:SUGGESTED]
        return cls(editions, shorter, list(years[:12]), list(terms.distinct()[:24]))


def _passes(held: Held, question: Question, but: str = "") -> bool:
    """Tell whether something passes the filters, the one called ``but`` left out."""
    of = held.sheet
    asked = {"kind": question.kind, "year": question.year, "government": question.government}
    return all(not wanted or name == but or getattr(of, name) == wanted for name, wanted in asked.items())


def _filters(question: Question, found: list[Held]) -> list[Filter]:
    """Offer kinds and years, and governments where several have something."""
    offers: tuple[tuple[str, str, Callable[[Any], str]], ...] = (
        ("kind", "类别", lambda kind: SearchKind(kind).label),
        ("year", "年度", lambda year: f"{year}年"),
    )
    codes = {one.sheet.government for one in found}
    if len(codes) > 1:
        names = dict(Government.objects.filter(code__in=codes).values_list("code", "name"))
        offers += (("government", "地区", lambda code: names.get(code, code)),)
    filters = [Filter(label, list(_choices(question, found, name, said))) for name, label, said in offers]
    return [one for one in filters if len(one.choices) > 2]  # noqa: PLR2004 all of it, and two to choose between


def _choices(question: Question, found: list[Held], name: str, said: Callable[[Any], str]) -> Iterable[Choice]:
    counts: Counter[Any] = Counter()
    for one in found:
        if _passes(one, question, but=name):
            counts[getattr(one.sheet, name)] += one.count
    chosen = getattr(question, name)
    nothing = Question._field_defaults[name]
    first = question._replace(page=1)
    yield Choice("全部", counts.total(), first._replace(**{name: nothing}).address, not chosen)
    kinds = list(SearchKind.values)
    for value in sorted(counts, key=kinds.index if name == "kind" else None, reverse=name == "year"):
        yield Choice(said(value), counts[value], first._replace(**{name: value}).address, value == chosen)
