"""Reads a workbook from standard input into JSON; run as a process of its own, with little memory and time.

A small file may claim billions of cells; the reader then dies here, and not in the web server.
"""

import io
import json
import resource
import sys
from typing import Any

MEMORY = 600 * 1024 * 1024
SECONDS = 10
MOST_ROWS = 20_000


def text(value: Any) -> str:
    """Return a cell as trimmed text; whole numbers without “.0”."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value).strip()


def main() -> None:
    """Print ``[[sheet name, [[cell, …], …]], …]``; the position of a row is its number in the sheet."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    from python_calamine import load_workbook

    book = load_workbook(io.BytesIO(sys.stdin.buffer.read()))
    sheets = []
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False, nrows=MOST_ROWS + 1)
        sheets.append([name, [[text(cell) for cell in row] for row in rows]])
    sys.stdout.write(json.dumps(sheets))


if __name__ == "__main__":
    main()
