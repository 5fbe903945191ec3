"""What an edition leaves in the database, and what a withdrawal takes out of it."""

from django.core.files.storage import default_storage
from django.db import transaction

from disclosure.document import Document
from disclosure.freezing import lines_of, lock_codes, texts_of
from disclosure.models import (
    Edition,
    EditionContent,
    EditionFile,
    EditionLine,
    EditionSignOff,
    EditionText,
)
from disclosure.moves import REVIEWS
from disclosure.signatures import SignedOff

STEPS = {step.label: step for step in REVIEWS}


def store(edition: Edition, document: Document, sign_offs: tuple[SignedOff, ...], files: list[EditionFile]) -> None:
    """Insert an edition with its content, figures, words, reviews and files; lock the codes it prints."""
    edition.save()
    EditionContent.objects.create(edition=edition, text=document.canonical)
    lines = [EditionLine(edition=edition, **line._asdict()) for line in lines_of(document.content)]
    EditionLine.objects.bulk_create(lines, batch_size=500)
    texts = [EditionText(edition=edition, **text._asdict()) for text in texts_of(document.content)]
    EditionText.objects.bulk_create(texts)
    for one in sign_offs:
        known = {"person": one.person, "on": one.on, "conclusion": one.conclusion, "combined": one.combined}
        EditionSignOff.objects.create(edition=edition, step=STEPS[one.step], **known)
    attach(edition, files)
    lock_codes(edition.disclosure)


def attach(edition: Edition, files: list[EditionFile]) -> None:
    """Add files to an edition."""
    for file in files:
        file.edition = edition
        file.save()


def destroy(edition: Edition) -> None:
    """Delete the content, figures, words and files of a withdrawn edition; bytes that another edition shares stay."""
    files = [(file.sha256, file.format) for file in edition.files.all()]
    for model in (EditionContent, EditionLine, EditionText, EditionFile):
        model.objects.filter(edition=edition).destroy_withdrawn()
    for sha256, form in files:
        if not EditionFile.objects.filter(sha256=sha256, format=form).exists():
            name = EditionFile.name_for(sha256, form)
            transaction.on_commit(lambda name=name: default_storage.delete(name))  # type: ignore[misc]
