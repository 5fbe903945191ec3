"""Writes and removes what search reads, for one edition at a time."""

from collections.abc import Iterator

from django.db import transaction

from disclosure.content import Content
from disclosure.models import Edition, SearchEntry, SearchGram
from disclosure.models.search import SPAN
from disclosure.searching.entries import Entry, entries_of
from disclosure.searching.words import grams_of, squeeze

BATCH = 500


@transaction.atomic
def add(edition: Edition, content: Content) -> None:
    """Let an edition be found, in place of the one it corrects."""
    remove(edition)
    if edition.supersedes:
        remove(edition.supersedes)
    put(edition, list(entries_of(content)))


def put(edition: Edition, entries: list[Entry]) -> None:
    """Store entries of an edition, in their order, with their grams."""
    rows = [
        SearchEntry(number=edition.pk * SPAN + place, edition=edition, words=_words(entry), **entry._asdict())
        for place, entry in enumerate(entries)
    ]
    SearchEntry.objects.bulk_create(rows, batch_size=BATCH)
    SearchGram.objects.bulk_create(_grams(edition, entries), batch_size=BATCH)


def remove(edition: Edition) -> None:
    """Let nothing of an edition be found any more."""
    for model in (SearchGram, SearchEntry):
        model.objects.filter(edition=edition).delete()


def outdated() -> tuple[list[Edition], list[Edition]]:
    """Return the editions that can be found and should not be, and those that cannot be found and should."""
    public = Edition.objects.current().filter(withdrawal=None)
    there = set(SearchEntry.objects.values_list("edition", flat=True).distinct())
    due = set(public.values_list("pk", flat=True))
    wrong, lacking = (Edition.objects.filter(pk__in=keys) for keys in (there - due, due - there))
    return list(wrong), list(lacking.select_related("content"))


def _names(entry: Entry) -> str:
    return squeeze("\n".join(filter(None, (entry.title, entry.code, entry.initials))))


def _words(entry: Entry) -> str:
    return f"{_names(entry)}\n{squeeze(entry.body)}".strip()


def _grams(edition: Edition, entries: list[Entry]) -> Iterator[SearchGram]:
    """Yield each gram with the places of the entries that hold it, by kind."""
    named: dict[tuple[str, str], int] = {}
    said: dict[tuple[str, str], int] = {}
    for place, entry in enumerate(entries):
        for bits, text in ((named, _names(entry)), (said, _words(entry))):
            for gram in grams_of(text):
                key = gram, entry.kind
                bits[key] = bits.get(key, 0) | 1 << place
    for (gram, kind), bits_said in said.items():
        held = {"named": _packed(named.get((gram, kind), 0)), "said": _packed(bits_said)}
        yield SearchGram(gram=gram, kind=kind, edition=edition, **held)


def _packed(bits: int) -> bytes:
    return bits.to_bytes((bits.bit_length() + 7) // 8, "little")
