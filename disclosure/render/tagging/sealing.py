"""Streams end so that no reader takes their last byte for a line break.

A stream is followed by a line feed. Where its own last byte is a carriage return the two look like one line break, and
validators of PDF/A count one byte too few. Compressed data ends in a checksum: one stream in 256 is such a one.
"""

import zlib
from typing import Any

AMBIGUOUS = b"\r\nendstream"
PADDING = b" "
"""Means nothing after operators, and nothing after the last table of a font; it changes the checksum's last byte."""


def seal(pdf: Any) -> None:
    """Compress the streams of a ``pydyf.PDF`` and mend those that end in a carriage return."""
    for stream in pdf.objects:
        if getattr(stream, "compress", False):
            _seal(stream)


def is_sealed(data: bytes) -> bool:
    """Tell whether no stream of a finished file ends in a carriage return (those written last are known only then)."""
    return AMBIGUOUS not in data


def salt(pdf: Any, attempt: int) -> None:
    """Change the streams that are written last: a private entry that readers pass over."""
    if attempt:
        from pydyf import Dictionary

        pdf.catalog["PortalAttempt"] = Dictionary({"N": attempt})


def _seal(stream: Any) -> None:
    raw = b"\n".join(_bytes(part) for part in stream.stream)
    packed = zlib.compress(raw, 9)
    if packed.endswith(b"\r") and _is_a_file(stream):
        stream.compress = False
        return
    if packed.endswith(b"\r"):
        raw += PADDING
        packed = zlib.compress(raw, 9)
    if "Length1" in stream.extra:
        stream.extra["Length1"] = len(raw)
    stream.stream, stream.compress = [packed], False
    stream.extra["Filter"] = "/FlateDecode"


def _is_a_file(stream: Any) -> bool:
    """Tell an attached file: its bytes are not ours to lengthen."""
    return bool(stream.extra.get("Type") == "/EmbeddedFile")


def _bytes(part: Any) -> bytes:
    """Write one part of a content stream: bytes and words as they are, objects in their own notation."""
    if isinstance(part, bytes):
        return part
    return bytes(part.data) if hasattr(part, "data") else str(part).encode("ascii")
