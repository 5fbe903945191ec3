"""Writes and removes what search reads, for one edition at a time."""

from django.db import transaction

from disclosure.content import Content
from disclosure.enums import SearchKind
from disclosure.models import Edition, SearchEntry, SearchLeaf, SearchSheet
from disclosure.models.search import SHELF, SPAN
from disclosure.searching.entries import Entry, entries_of
from disclosure.searching.leaves import Words, leaves, stride_of
from disclosure.searching.words import grams_of, numbered, short_grams_of, squeeze

BATCH = 500
ORDER = {kind: at for at, kind in enumerate(SearchKind.values)}


@transaction.atomic
def add(edition: Edition, content: Content) -> None:
    """Let an edition be found, in place of the one it corrects."""
    remove(edition)
    if edition.supersedes:
        remove(edition.supersedes)
    put(edition, list(entries_of(content)))


def put(edition: Edition, entries: list[Entry]) -> None:
    """Store entries of an edition, kind after kind and else in their order, with the leaves of their grams."""
    ordered = sorted(entries, key=lambda entry: ORDER[entry.kind])
    words = [_words(entry) for entry in ordered]
    rows = [
        SearchEntry(number=edition.pk * SPAN + place, edition_id=edition.pk, words=said.text, **entry._asdict())
        for place, (entry, said) in enumerate(zip(ordered, words, strict=True))
    ]
    grown = [
        SearchLeaf(number=bucket * SHELF + edition.pk, edition_id=edition.pk, lines=lines)
        for bucket, lines in leaves(words).items()
    ]
    counts = [sum(entry.kind == kind for entry in ordered) for kind in ORDER]
    SearchEntry.objects.bulk_create(rows, batch_size=BATCH)
    SearchLeaf.objects.bulk_create(grown, batch_size=BATCH)
    known = {"kinds": ",".join(map(str, counts)), "stride": stride_of(words), "grams": _grams(edition, words)}
    SearchSheet.objects.create(edition=edition, **known)


def remove(edition: Edition) -> None:
    """Let nothing of an edition be found any more."""
    for model in (SearchLeaf, SearchEntry, SearchSheet):
        model.objects.filter(edition=edition).delete()


def outdated() -> tuple[list[Edition], list[Edition]]:
    """Return the editions that can be found and should not be, and those that cannot be found and should."""
    public = Edition.objects.current().filter(withdrawal=None, content__isnull=False)
    there = set(SearchSheet.objects.values_list("edition", flat=True))
    due = set(public.values_list("pk", flat=True))
    wrong, lacking = (Edition.objects.filter(pk__in=keys) for keys in (there - due, due - there))
    return list(wrong), list(lacking.select_related("content"))


def _grams(edition: Edition, words: list[Words]) -> set[int]:
    """Return by number what stands in an edition's entries, and its own names, which need not stand in any."""
    about = squeeze("\n".join(names_of(edition.department_name, edition.unit_name, edition.year)))
    said = short_grams_of("\n".join((about, *(one.text for one in words))))
    named = grams_of("\n".join((about, *(name for one in words for name in one.names))))
    return {numbered(gram) for gram in said} | {numbered(gram, named=True) for gram in named}


def names_of(department: str, unit: str, year: int) -> tuple[str, str, str]:
    """Return what an edition is called beside what it says: its publisher, and its year."""
    return department, unit, f"{year}年"


def _words(entry: Entry) -> Words:
    names = list(filter(None, map(squeeze, (entry.title, entry.code, entry.initials))))
    return Words(names, "\n".join((*names, squeeze(entry.body))).strip())
