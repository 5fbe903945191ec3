"""The signatures of official files: a certificate's inside the PDF, an SM2 key's beside the files; both optional.

Where nothing is configured nothing changes. What is configured and does not work stops a publication before anything
is drawn: an edition is never published without the signature that its government has decided on.
"""

from disclosure.enums import FileFormat
from disclosure.signing import certificate, pdf, sm2


def ready() -> None:
    """Raise RefusalError, in words for a clerk, where a signature is configured and cannot be made."""
    certificate.load()
    sm2.public_key()


def finished(form: FileFormat, data: bytes) -> bytes:
    """Return a drawn file as it is published: the PDF signed, where a certificate is configured."""
    if form is not FileFormat.PDF:
        return data
    signatory = certificate.load()
    return pdf.sign(data, signatory) if signatory else data


__all__ = ["finished", "ready"]
