"""Reads ``fixtures/demo``: rows as printed, then each correction applied where it says, or refused."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from budgets.codes import rows_of

KEYS: dict[str, tuple[str, ...]] = {
    "units": ("code",),
    "revenue": ("unit", "source", "carried_over"),
    "projects": ("code",),
    "goals": ("project", "number"),
    "indicators": ("project", "number"),
    "expenditure": (),
    "three_public": ("unit", "item"),
    "assets": ("unit", "category"),
    "previous": ("key",),
    "duty_goals": ("number",),
    "glossary": ("number",),
    "reasons": ("key",),
    "empty_tables": ("table",),
}
"""What identifies a row of each file; no column: its number, counted from 1."""

TEXTS = ("duties", "overall_goal", "safeguards", "asset_note", "other_matters")

Rows = dict[str, dict[str, str]]


class CorrectionError(Exception):
    """A correction does not fit what is printed."""


class Sample:
    """The sample's files; ``corrected=False`` gives them as printed."""

    def __init__(self, folder: Path, *, corrected: bool = True) -> None:
        printed = folder / "printed"
        self.files: dict[str, Rows] = {name: _keyed(name, printed) for name in KEYS}
        self.files |= {f"texts/{name}": _lines(printed / "texts" / f"{name}.txt") for name in TEXTS}
        self.corrections = rows_of(folder / "corrections.csv")
        if corrected:
            for correction in self.corrections:
                _apply(self.files, correction)

    def rows(self, name: str) -> Iterator[dict[str, str]]:
        """Yield a file's rows."""
        yield from self.files[name].values()

    def text(self, name: str) -> str:
        """Return a text, one paragraph per line."""
        return "\n".join(row["text"] for row in self.files[f"texts/{name}"].values())


def _keyed(name: str, folder: Path) -> Rows:
    rows = enumerate(rows_of(folder / f"{name}.csv"), start=1)
    return {"/".join(row[column] for column in KEYS[name]) or str(number): row for number, row in rows}


def _lines(path: Path) -> Rows:
    lines = path.read_text(encoding="utf-8").splitlines()
    return {str(number): {"text": line} for number, line in enumerate(lines, start=1)}


def _apply(files: dict[str, Rows], correction: dict[str, str]) -> None:
    name = correction["file"].removeprefix("printed/").rsplit(".", 1)[0]
    rows, key, column = files[name], correction["key"], correction["column"]
    if column == "+":
        added: dict[str, Any] = json.loads(correction["corrected"])
        rows[key] = {name: str(value) for name, value in added.items()}
        return
    target = "text" if column == "-" else column
    if key not in rows or rows[key].get(target) != correction["printed"]:
        message = f"corrections.csv：{correction['file']} {key} {column}与印制内容不符，请核对“printed”列。"
        raise CorrectionError(message)
    if column == "-":
        del rows[key]
    else:
        rows[key][column] = correction["corrected"]
