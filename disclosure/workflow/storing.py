"""What an edition leaves in the database, and what a withdrawal takes out of it."""

from django.db import transaction

from budgets import storing
from disclosure import searching
from disclosure.document import Document
from disclosure.freezing import lines_of, lock_codes, texts_of
from disclosure.models import (
    Disclosure,
    Edition,
    EditionContent,
    EditionEvidence,
    EditionFile,
    EditionLine,
    EditionSignOff,
    EditionText,
    RenderingClaim,
    RenderingFailure,
    Withdrawal,
    WithdrawnFile,
)
from disclosure.moves import REVIEWS
from disclosure.opendata import forget, ledger
from disclosure.refusal import RefusalError
from disclosure.signatures import SignedOff
from disclosure.signing import manifest
from disclosure.testimony import testify

STEPS = {step.label: step for step in REVIEWS}


def store(edition: Edition, document: Document, sign_offs: tuple[SignedOff, ...], files: list[EditionFile]) -> None:
    """Insert an edition with its content, figures, words, reviews, findings and files; lock the codes it prints.

    From then on it is found, and the edition that it corrects is not.
    """
    edition.save()
    EditionContent.objects.create(edition=edition, text=document.canonical)
    lines = [EditionLine(edition=edition, **line._asdict()) for line in lines_of(document.content)]
    EditionLine.objects.bulk_create(lines, batch_size=500)
    texts = [EditionText(edition=edition, **text._asdict()) for text in texts_of(document.content)]
    EditionText.objects.bulk_create(texts)
    searching.add(edition, document.content)
    for one in sign_offs:
        known = {"person": one.person, "on": one.on, "conclusion": one.conclusion, "combined": one.combined}
        EditionSignOff.objects.create(edition=edition, step=STEPS[one.step], **known)
    testify(edition, document)
    attach(edition, files)
    ledger.published(edition)
    lock_codes(edition.disclosure)


@transaction.atomic
def attach(edition: Edition, files: list[EditionFile]) -> list[EditionFile]:
    """Add files to an edition, sign their list, and return those that somebody else has not added meanwhile.

    Refuse where it was withdrawn while they were drawn, and leave none of them behind.
    """
    Disclosure.objects.select_for_update().get(pk=edition.disclosure_id)
    if Withdrawal.objects.filter(edition=edition).exists():
        for file in files:
            _erase(file.sha256, file.format)
        message = f"{edition}已经撤下，不再补齐文件。"
        raise RefusalError(message)
    there = set(EditionFile.objects.filter(edition=edition).values_list("format", flat=True))
    added = [file for file in files if file.format not in there]
    for file in added:
        file.edition = edition
        file.save()
    manifest.seal(edition)
    return added


def destroy(edition: Edition) -> None:
    """Delete content, figures, words, index, findings, files and bundles of a withdrawn edition; shared bytes stay.

    The hash of each file is kept: whoever still has a copy can ask what became of it.
    A file that cannot be deleted just then stops nothing: ``sweep`` deletes it later.
    """
    files = [(file.sha256, file.format) for file in edition.files.all()]
    gone = [WithdrawnFile(edition=edition, format=form, sha256=sha256) for sha256, form in files]
    WithdrawnFile.objects.bulk_create(gone)
    searching.remove(edition)
    for model in (EditionContent, EditionLine, EditionText, EditionEvidence, EditionFile):
        model.objects.filter(edition=edition).destroy_withdrawn()
    RenderingFailure.objects.filter(edition=edition).delete()
    RenderingClaim.objects.filter(edition=edition).delete()
    transaction.on_commit(forget, robust=True)
    for sha256, form in files:
        _erase_once_committed(sha256, form)


def _erase_once_committed(sha256: str, form: str) -> None:
    def erase() -> None:  # Django logs a failure by the function's name, which a partial does not have
        _erase(sha256, form)

    transaction.on_commit(erase, robust=True)


def _erase(sha256: str, form: str) -> None:
    """Delete bytes that no edition has any more."""
    if not EditionFile.objects.filter(sha256=sha256, format=form).exists():
        storing.delete(EditionFile.name_for(sha256, form))
