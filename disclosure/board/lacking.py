"""Which public editions lack a file, and what is known of the reason."""

from typing import Any, NamedTuple

from disclosure.enums import FileFormat


class Lacking(NamedTuple):
    """An edition, the forms it lacks, and why the first of them could not be drawn; blank where nobody tried."""

    edition: int
    formats: tuple[FileFormat, ...]
    reason: str

    def __str__(self) -> str:
        return f"{'、'.join(form.label for form in self.formats)}未生成"


def lacking_among(editions: Any) -> dict[int, Lacking]:
    """Return, by disclosure, what the newest editions among these lack; nothing of those that lack nothing."""
    rows = editions.current().standing().lacking_files().prefetch_related("files", "failures")
    return {row.disclosure_id: _lacking(row) for row in rows}


def _lacking(edition: Any) -> Lacking:
    there = {file.format for file in edition.files.all()}
    formats = tuple(form for form in FileFormat if form not in there)
    reasons = {row.format: row.reason for row in edition.failures.all()}
    return Lacking(edition.pk, formats, next((reasons[form] for form in formats if form in reasons), ""))
