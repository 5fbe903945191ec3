"""Whether a printed code or a file is the official one, and how it stands today."""

from typing import NamedTuple

from disclosure.enums import FileFormat
from disclosure.models import Edition, EditionFile, WithdrawnFile
from disclosure.verifying import beginning_of, code_of
from portal.publication import is_withdrawn


class Proof(NamedTuple):
    """An edition that a code or a file belongs to: what it is, how it stands, and the file that was compared."""

    edition: Edition
    standing: str
    form: str = ""

    @property
    def code(self) -> str:
        """The code printed on the edition's PDF."""
        return code_of(self.edition.content_sha256)

    @property
    def gone(self) -> bool:
        """Tell whether nothing of the edition is shown any more."""
        return is_withdrawn(self.edition)


def by_code(code: str) -> list[Proof] | None:
    """Return what a code stands for, newest first, in one query; None where it is no code."""
    beginning = beginning_of(code)
    if beginning is None:
        return None
    found = Edition.objects.hashed(beginning).select_related("withdrawal", "superseded_by")
    return [Proof(edition, standing_of(edition)) for edition in found.order_by("-published_at", "-number")]


def by_file(sha256: str) -> list[Proof]:
    """Return the editions that have, or had, exactly these bytes among their files, newest first, in two queries.

    Of a withdrawn edition nothing but the hashes of its files is left.
    """
    found = [
        file
        for model in (EditionFile, WithdrawnFile)
        for file in model.objects.filter(sha256=sha256).select_related("edition__withdrawal", "edition__superseded_by")
    ]
    files = sorted(found, key=lambda file: (file.edition.published_at, file.edition.number), reverse=True)
    return [Proof(file.edition, standing_of(file.edition), str(FileFormat(file.format).label)) for file in files]


def standing_of(edition: Edition) -> str:
    """Say in a word how an edition stands: 现行, 已更正 or 已撤下."""
    if is_withdrawn(edition):
        return "已撤下"
    return "已更正" if hasattr(edition, "superseded_by") else "现行"
