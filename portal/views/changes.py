"""What a correction changed: two neighbouring editions of one address, compared."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from disclosure.changes import Changes, imprint_changes
from disclosure.content import parse
from disclosure.document import imprint_of
from portal.publication import Publication, is_withdrawn
from portal.views.problems import revalidated, withdrawn


def of_edition(request: HttpRequest, **address: str) -> HttpResponse:
    """Show what an edition changed in its predecessor; nothing of either is told once one of them is withdrawn."""
    publication = Publication.find(**address)
    after, before = publication.edition, publication.predecessor
    for edition in (after, before):
        if edition and is_withdrawn(edition):
            return withdrawn(request, publication, edition)
    context = {"publication": publication, "edition": after}
    if before is None:
        return revalidated(render(request, "portal/no_changes.html", context, status=404))
    context |= {
        "before": before,
        "changes": Changes.between(parse(before.content.text), parse(after.content.text)),
        "imprint": imprint_changes(imprint_of(before, ()), imprint_of(after, ())),
    }
    return revalidated(render(request, "portal/changes.html", context))
