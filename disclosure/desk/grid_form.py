"""The form of a grid: rows of text from what a browser sends, and back."""

import json
import re
from collections.abc import Iterable
from typing import Any

from django.http import QueryDict

from disclosure.entry.grids import Slot, slots_of
from disclosure.entry.rows import Cells, Row
from disclosure.intake.sheets import SheetKind

KEY = re.compile(r"n?\d{1,18}", re.ASCII)
MINE, THEIRS = "mine", "theirs"


def rows_of(posted: QueryDict, kind: SheetKind) -> list[Row]:
    """Read the rows in the order in which they stood on the page; a row that is named twice counts once."""
    slots = slots_of(kind)
    return [_row(posted, key, slots) for key in dict.fromkeys(posted.getlist("row")) if _sound(key)]


def _sound(key: str) -> bool:
    return KEY.fullmatch(key) is not None


def _row(posted: QueryDict, key: str, slots: tuple[Slot, ...]) -> Row:
    row = Row(key, {slot.header: _text(posted, f"{key}.{slot.name}") for slot in slots}, _seen(posted, key, slots))
    row.gone = f"{key}.gone" in posted
    asked = set(posted.getlist(f"{key}.ask"))
    for slot in slots:
        choice = posted.get(f"{key}.keep.{slot.name}")
        if choice == THEIRS:
            row.cells[slot.header] = row.seen.get(slot.header, "")
        elif slot.name in asked and choice != MINE:
            row.undecided.add(slot.header)
    return row


def _text(posted: QueryDict, name: str) -> str:
    return posted.get(name, "").replace("\r\n", "\n").strip()


def _seen(posted: QueryDict, key: str, slots: tuple[Slot, ...]) -> Cells:
    """Return what the page showed when it was drawn; a row that does not say counts as typed throughout."""
    try:
        texts: Any = json.loads(posted.get(f"{key}.seen", ""))
    except ValueError:
        texts = ()
    texts = texts if isinstance(texts, list) else ()
    return {slot.header: str(text) for slot, text in zip(slots, texts, strict=False)}


def seen_text(row: Row, slots: Iterable[Slot]) -> str:
    """Write what is stored for the form to bring back."""
    return json.dumps([row.seen.get(slot.header, "") for slot in slots], ensure_ascii=False, separators=(",", ":"))
