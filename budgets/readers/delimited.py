"""CSV text in UTF-8 (with or without BOM) or GB18030; commas or tabs."""

import csv
import io

from django.core.exceptions import ValidationError

from budgets.formats import decode
from budgets.readers.sheets import Sheet


def read_delimited(data: bytes) -> list[Sheet]:
    """Return the one sheet; raise ValidationError for text in neither encoding, or that is not CSV."""
    text = decode(data)
    head = text.partition("\n")[0]
    delimiter = "\t" if "\t" in head and "," not in head else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise ValidationError("文件不是有效的 CSV，请用 Excel 或 WPS 另存后重试。") from error
    return [Sheet("", [[cell.strip() for cell in line] for line in lines])]
