"""Turns an export of another system into our sheets; every cell stays where it stood, so that problems name it."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from budgets.readers.sheets import Sheet
from disclosure.intake.profiles import Profile, Reading
from disclosure.intake.profiles.income import INCOME
from disclosure.intake.profiles.purchases import PURCHASES
from disclosure.intake.profiles.unified import UNIFIED
from disclosure.intake.sheets import SheetKind

PROFILES = (UNIFIED, PURCHASES, INCOME)
HEADER_ROWS = 20
PROJECT, SPENDING, PROJECT_SPENDING = "项目编码", "支出类别", "项目支出"
BASIC = ("人员类", "公用经费")
UNIT = re.compile(r"[（(](万?元)[)）]")


class Exported(NamedTuple):
    """An export as one of our sheets: the rows as they stood with our words in them, and where our columns are."""

    kind: SheetKind
    sheet: Sheet
    header: int
    places: dict[str, int]
    wan: frozenset[str]
    dropped: frozenset[int]
    """Columns that are left out knowingly, from 0."""
    profile: Profile


def exported(sheet: Sheet, kinds: Iterable[SheetKind]) -> list[Exported]:
    """Read a sheet by the first profile that knows it; none where no profile does."""
    titled = {kind.title: kind for kind in kinds}
    for profile in PROFILES:
        for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
            headed = {UNIT.sub("", re.sub(r"\s", "", cell)): at for at, cell in enumerate(row) if cell}
            if all(any(word in headed for word in group) for group in profile.marks):
                wanted = [(titled[title], dict(readings)) for title, readings in profile.sheets if title in titled]
                return [_read(profile, sheet, (index, headed), kind, readings) for kind, readings in wanted]
    return []


def _read(
    profile: Profile, sheet: Sheet, heads: tuple[int, dict[str, int]], kind: SheetKind, readings: dict[str, Reading]
) -> Exported:
    header, headed = heads
    from_ = {ours: at for ours, reading in readings.items() if (at := _place(reading, headed)) is not None}
    width = max(map(len, sheet.rows))
    places: dict[str, int] = {}
    for ours, at in from_.items():
        places[ours] = at if at not in places.values() else width + len(places)
    rows = [*sheet.rows[: header + 1]]
    for row in sheet.rows[header + 1 :]:
        cells = {ours: _word(readings[ours], row[at] if at < len(row) else "") for ours, at in from_.items()}
        rows.append(_laid(row, _fitting(kind, cells), places) if any(row) else [])
    wan = frozenset(ours for ours, at in places.items() if at < width and "万元" in sheet.cell(header, at))
    dropped = frozenset(at for word, at in headed.items() if word in profile.dropped)
    return Exported(kind, sheet._replace(rows=_once(kind, rows, header, places)), header, places, wan, dropped, profile)


def _place(reading: Reading, headed: dict[str, int]) -> int | None:
    return next((headed[word] for word in reading.headers if word in headed), None)


def _word(reading: Reading, text: str) -> str:
    """Translate “11 一般公共预算资金”, “一般公共预算” or “11”; put a blank between a code and its name."""
    if not (reading.words or reading.coded):
        return text
    parts = re.fullmatch(r"([A-Z]?\d*)[-－_.、\s]*(.*)", text)
    code, name = (parts[1], parts[2]) if parts else ("", text)
    known = dict(reading.words)
    plain = re.sub(r"(资金|项目|支出)$", "", name)
    spaced = f"{code} {name}" if reading.coded and code and name else text
    return known.get(name) or known.get(plain) or (known.get(code) if not name else None) or spaced


def _fitting(kind: SheetKind, cells: dict[str, str]) -> dict[str, str]:
    """Fit a row to its sheet: only 项目支出 has a project; only such projects are on the register."""
    if kind.title == "项目":
        return cells if cells.get(PROJECT) and cells.get("项目类别") not in BASIC else {}
    return cells if cells.get(SPENDING, PROJECT_SPENDING) == PROJECT_SPENDING else {**cells, PROJECT: ""}


def _laid(row: list[str], cells: dict[str, str], places: dict[str, int]) -> list[str]:
    laid = row + [""] * (max(places.values()) + 1 - len(row))
    for ours, at in places.items():
        laid[at] = cells.get(ours, "")
    return laid


def _once(kind: SheetKind, rows: list[list[str]], header: int, places: dict[str, int]) -> list[list[str]]:
    """Keep the first of the rows that state the same project; budget lines are all kept."""
    if kind.title != "项目":
        return rows
    seen: set[tuple[str, ...]] = set()
    kept = rows[: header + 1]
    for row in rows[header + 1 :]:
        said = tuple(row[at] for at in places.values() if at < len(row))
        kept.append([] if said in seen else row)
        seen.add(said)
    return kept
