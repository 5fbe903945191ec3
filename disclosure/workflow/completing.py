"""The files an edition lacks: drawn and added later; what still cannot be drawn is noted for the supervisor."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from budgets.models import AuditTrail
from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.models import Edition, EditionFile, RenderingClaim, RenderingFailure
from disclosure.render import RENDERERS
from disclosure.render.failing import reason_of
from disclosure.verification import fingerprints
from disclosure.workflow.drawing import Drawn, draw
from disclosure.workflow.recording import subject_of
from disclosure.workflow.storing import attach


class IncompleteError(Exception):
    """An edition still lacks files; those that could be drawn have been added."""

    def __init__(self, failures: Mapping[FileFormat, str]) -> None:
        super().__init__(" ".join(f"{form.label}未生成：{reason}" for form, reason in failures.items()))


def complete_files(edition: Edition, *, by: Any = None) -> list[EditionFile]:
    """Render and add the files an edition lacks; raise IncompleteError where one still cannot be drawn.

    What can be drawn is added all the same. Nobody (None) is who a timer or a command acts for.
    """
    lacking = lacking_of(edition)
    if not lacking:
        return []
    drawn = draw(Document.of_edition(edition), lacking)
    added = _settled(edition, drawn, by)
    if drawn.failures:
        raise IncompleteError(drawn.failures)
    return added


def lacking_of(edition: Edition) -> list[FileFormat]:
    """Return the forms an edition lacks."""
    there = set(edition.files.values_list("format", flat=True))
    return [form for form in FileFormat if form not in there]


def not_drawn(edition: Edition, reason: str) -> None:
    """Note that the process that drew an edition's missing files is gone: with the PDF, which alone takes long."""
    lacking = lacking_of(edition)
    blamed = [form for form in lacking if form is FileFormat.PDF] or lacking
    if blamed:
        _settled(edition, Drawn([], dict.fromkeys(blamed, reason)), None)


def differing(edition: Edition) -> tuple[list[FileFormat], dict[FileFormat, str]]:
    """Draw again what is stored; return the forms that come out otherwise, and what could not be compared and why.

    Nothing is replaced: what was published stays (another release of a library, other fonts).
    """
    document, others, failures = Document.of_edition(edition), [], {}
    for file in edition.files.all():
        form = FileFormat(file.format)
        try:
            if not _same(file.read(), RENDERERS[form](document), form):
                others.append(form)
        except Exception as error:  # noqa: BLE001 whatever it is, it is told and the others go on
            failures[form] = reason_of(error)
    return others, failures


def _same(stored: bytes, drawn: bytes, form: FileFormat) -> bool:
    """Compare byte for byte; a signature stands after the bytes of a PDF that was drawn."""
    return stored.startswith(drawn) if form is FileFormat.PDF else stored == drawn


@transaction.atomic
def _settled(edition: Edition, drawn: Drawn, by: Any) -> list[EditionFile]:
    """Add what was drawn, note what was not; the trail has a line where anything is new, or somebody asked."""
    added = attach(edition, drawn.files)
    is_news = note(edition, drawn.failures)
    if not drawn.failures:  # it need not wait for a worker any more
        RenderingClaim.objects.filter(edition=edition, worker="").delete()
    if added or is_news or by:
        rows = fingerprints(*edition.manifests.all())
        said = {"edition": edition.pk, "rows": rows, **told(Drawn(added, drawn.failures))}
        AuditTrail.append("complete_files", str(edition), by=by, subject=subject_of(edition.disclosure), **said)
    return added


def note(edition: Edition, failures: Mapping[FileFormat, str]) -> bool:
    """Keep why forms were not drawn, in place of what was known; tell whether that was anything else."""
    rows = RenderingFailure.objects.filter(edition=edition)
    known = dict(rows.values_list("format", "reason"))
    rows.exclude(format__in=failures).delete()
    for form, reason in failures.items():
        rows.update_or_create(edition=edition, format=form, defaults={"reason": reason, "at": timezone.now()})
    return bool(failures) and known != dict(failures)


def told(drawn: Drawn) -> dict[str, dict[str, str]]:
    """Return what the trail keeps of files: the SHA-256 of each by format, and why others are missing."""
    said = {"files": {file.format: file.sha256 for file in drawn.files}}
    return (
        {**said, "failures": {str(form): reason for form, reason in drawn.failures.items()}} if drawn.failures else said
    )
