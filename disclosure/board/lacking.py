"""Which public editions lack a file: those still to be drawn, those that failed, and what is known of the reason."""

from typing import Any, NamedTuple

from disclosure.enums import FileFormat


class Lacking(NamedTuple):
    """An edition, the forms that could not be drawn with the reason of the first, and those nobody has given up on."""

    edition: int
    failed: tuple[FileFormat, ...] = ()
    awaited: tuple[FileFormat, ...] = ()
    reason: str = ""

    def __str__(self) -> str:
        said = ((self.awaited, "生成中"), (self.failed, "未生成"))
        return "，".join(f"{'、'.join(form.label for form in forms)}{how}" for forms, how in said if forms)


def lacking_among(editions: Any) -> dict[int, Lacking]:
    """Return, by disclosure, what the newest editions among these lack; nothing of those that lack nothing."""
    rows = editions.current().standing().lacking_files().prefetch_related("files", "failures")
    return {row.disclosure_id: lacking for row in rows if (lacking := lacking_of(row))}


def lacking_of(edition: Any) -> Lacking | None:
    """Return what one edition lacks; None where it lacks nothing."""
    there = {file.format for file in edition.files.all()}
    formats = [form for form in FileFormat if form not in there]
    reasons = {row.format: row.reason for row in edition.failures.all()} if formats else {}
    failed, awaited = (tuple(form for form in formats if (form in reasons) is known) for known in (True, False))
    return Lacking(edition.pk, failed, awaited, reasons[failed[0]] if failed else "") if formats else None
