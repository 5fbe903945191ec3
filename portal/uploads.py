"""A file that is only compared: hashed as it comes in, never kept in memory, never written down."""

import hashlib
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload

LIMIT = 50 * 1024 * 1024
"""The largest file that is compared, in bytes; official PDFs are a few megabytes."""


class Hashed(ContentFile):
    """What is left of an upload: its hash and its length."""

    def __init__(self, sha256: str, length: int) -> None:
        super().__init__(b"")
        self.sha256, self.length = sha256, length


class HashOnly(FileUploadHandler):
    """Takes the SHA-256 of each file of a form, piece by piece."""

    def new_file(self, *args: Any, **options: Any) -> None:
        """Begin a file."""
        super().new_file(*args, **options)
        self.hash, self.length = hashlib.sha256(), 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Take a piece and let it go; stop reading a file that is too large."""
        self.hash.update(raw_data)
        self.length = start + len(raw_data)
        if self.length > LIMIT:
            raise StopUpload(connection_reset=True)

    def file_complete(self, file_size: int) -> Hashed:
        """Hand over the hash in place of the file."""
        return Hashed(self.hash.hexdigest(), self.length)
