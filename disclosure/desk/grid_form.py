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
    rows = [_row(posted, key, slots) for key in dict.fromkeys(posted.getlist("row")) if _sound(key)]
    for at, row in enumerate(rows, start=1):
        number = posted.get(f"{row.key}.at", "")
        row.number = int(number) if KEY.fullmatch(number) and number.isdigit() else at
    return rows


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


def answer(kind: SheetKind, rows: Iterable[Row], said: str) -> dict[str, Any]:
    """Tell a script what became of the rows it sent, by the names it sent them under."""
    slots = slots_of(kind)
    names = {slot.header: slot.name for slot in slots} | {"": ""}
    return {"said": said, "stored": False, "keys": {}, "rows": {row.called: _told(row, slots, names) for row in rows}}


def _told(row: Row, slots: tuple[Slot, ...], names: dict[str, str]) -> dict[str, Any]:
    return {
        "key": row.key,
        "cells": [row.cells.get(slot.header, "") for slot in slots],
        "seen": [row.seen.get(slot.header, "") for slot in slots],
        "wrong": {names[header]: said for header, said in row.wrong.items()},
        "theirs": {names[header]: text for header, text in row.theirs.items()},
    }


def seen_text(row: Row, slots: Iterable[Slot]) -> str:
    """Write what is stored for the form to bring back."""
    return json.dumps([row.seen.get(slot.header, "") for slot in slots], ensure_ascii=False, separators=(",", ":"))
