"""CSV text in UTF-8 (with or without BOM) or GB18030; commas or tabs."""

import csv
import io
from collections.abc import Iterator

from budgets.readers.child.finds import RefusedError

ENCODINGS = ("utf-8-sig", "gb18030")
"""The same that :func:`budgets.formats.decode` tries, which needs Django."""


def lines(data: bytes) -> Iterator[list[str]]:
    """Yield the records; refuse text in neither encoding, or that is not CSV."""
    text = _decoded(data)
    head = text.partition("\n")[0]
    delimiter = "\t" if "\t" in head and "," not in head else ","
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except csv.Error as error:
        raise RefusedError("csv") from error


def _decoded(data: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise RefusedError("encoding")
