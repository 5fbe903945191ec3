"""Finds the sheets and columns of a file by title and header, never by position; lists what it does not know."""

import re
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from budgets.money import FULL_WIDTH
from budgets.readers.sheets import Sheet
from disclosure.intake.aliases import ALIASES
from disclosure.intake.columns import columns_of, owner_headers
from disclosure.intake.exports import Exported, exported
from disclosure.intake.owner import COVER, Owner, Statement, statements_of
from disclosure.intake.problems import Problem
from disclosure.intake.sheets import SheetKind

CODES, LIST = "代码表", "问题清单"
HEADER_ROWS = 20
"""How far down a header is looked for: titles and notes stand above it."""
REFERENCE = "（参考）"
"""Ends the header of a column that the blank shows and nobody fills in."""
WAN, YUAN = "（万元）", "（元）"


class Found(NamedTuple):
    """A sheet of the file that is one of ours: where its header stands, and each column by our own header."""

    kind: SheetKind
    sheet: Sheet
    header: int
    places: dict[str, int]
    wan: frozenset[str]
    """Money columns written in 万元."""
    partial: bool = False
    """Whether rows and cells that it leaves out stay as they are: a written document never says all."""
    origins: Mapping[int, str] = MappingProxyType({})
    """Where rows stand in the document they were read from, by number; a workbook's stand where they are."""

    def place(self, number: int) -> str:
        """Name a row: “支出明细!第5行”, or “绩效指标（第153行）” of a document."""
        title, origin = self.sheet.name or self.kind.title, self.origins.get(number)
        return f"{title}（{origin}）" if origin else f"{title}!第{number}行"


class Recognised(NamedTuple):
    """All that was found in a file."""

    found: list[Found]
    strangers: list[Problem]
    """Sheets and columns nobody knows, though something stands in them."""
    problems: list[Problem]
    stated: list[Statement]
    notices: list[Problem]


def recognise(sheets: list[Sheet], kinds: Iterable[SheetKind], owner: Owner) -> Recognised:
    """Look at every sheet; nothing is left unmentioned."""
    result = Recognised([], [], [], [], [])
    kinds = tuple(kinds)
    for sheet in sheets:
        if sheet.name in (COVER, CODES, LIST):
            result.stated.extend(statements_of(sheet, len(sheet.rows) if sheet.name == COVER else 0))
        elif any(map(any, sheet.rows)):
            _look(sheet, kinds, owner, result)
    result.found.sort(key=lambda found: kinds.index(found.kind))
    return result


def _look(sheet: Sheet, kinds: tuple[SheetKind, ...], owner: Owner, result: Recognised) -> None:
    exports = exported(sheet, kinds)
    if exports:
        _take_export(exports, owner, result)
        return
    named = _named(sheet, kinds)
    candidates = [found for kind in ([named] if named else kinds) if (found := header_of(sheet, kind))]
    complete = [found for found in candidates if not _missing(found)]
    best = complete if len(complete) == 1 else candidates if named else []
    if not best:
        result.strangers.append(_stranger(sheet, named))
        return
    [found] = best
    twice = [other for other in result.found if other.kind is found.kind]
    result.problems.extend(_twice(found, twice[0]) if twice else _lacking(found))
    if not twice:
        result.found.append(found)
        result.strangers.extend(unknown_columns(found))
        result.stated.extend(statements_of(sheet, found.header))
        result.stated.extend(owner_columns(found, owner))


def _take_export(exports: list[Exported], owner: Owner, result: Recognised) -> None:
    """Take every sheet that an export fills, and say which of its columns are left out."""
    used = {at for one in exports for at in one.places.values()}
    for one in exports:
        found = Found(one.kind, one.sheet, one.header, one.places, one.wan)
        twice = [other for other in result.found if other.kind is found.kind]
        result.problems.extend(_twice(found, twice[0]) if twice else ())
        result.found.append(found)
        result.stated.extend(owner_columns(found, owner))
    _presume(found, owner, result)
    left = sorted(one.dropped - used)
    unknown = unknown_columns(found._replace(places={str(at): at for at in used | one.dropped}))
    result.strangers.extend(unknown)
    words = "、".join(found.sheet.cell(found.header, at) for at in left)
    said = f"按方案“{one.profile.name}”读取；未用的列：{words or '无'}"
    result.notices.append(Problem(found.sheet.name, found.header + 1, 0, "", "", said))


def _presume(found: Found, owner: Owner, result: Recognised) -> None:
    """Take an export without 部门 or 年度 for ours, as its units must be ours, and ask for a look."""
    silent = [label for label in ("部门编码", "年度") if label not in {one.label for one in result.stated}]
    result.stated.extend(Statement(found.sheet.name, 0, 0, label, owner.labelled[label]) for label in silent)
    if silent:
        words = "和".join(label.removesuffix("编码") for label in silent)
        said = f"文件没有写{words}，按{owner.year}年、部门{owner.department}导入，请核对"
        result.notices.append(Problem(found.sheet.name, 0, 0, "", "", said))


def folded(text: str) -> str:
    """Return a title or header as it is compared: no blanks, stars, quotes or full-width forms."""
    return re.sub(r"[\s*＊“”\"]", "", text).translate(FULL_WIDTH).casefold()


def _named(sheet: Sheet, kinds: tuple[SheetKind, ...]) -> SheetKind | None:
    """Tell what a sheet is by its name, else by the title in its first row."""
    first = next((cell for row in sheet.rows[:1] for cell in row if cell), "")
    for title in filter(None, (sheet.name, re.split(r"[　|｜]", first)[0])):
        plain = re.sub(r"^\d+[.、\s]*|表$", "", folded(title))
        for kind in kinds:
            if plain in {re.sub("表$", "", folded(name)) for name in (kind.title, *kind.aliases)}:
                return kind
    return None


def header_of(sheet: Sheet, kind: SheetKind) -> Found | None:
    """Return the first row, among the best, that heads most of the kind's columns; None where none heads two."""
    best: Found | None = None
    for index, row in enumerate(sheet.rows[:HEADER_ROWS]):
        found = columns_in(row, kind)
        if len(found) > max(1, len(best.places) if best else 0):
            wan = frozenset(header for header, at in found.items() if folded(WAN) in folded(row[at]))
            best = Found(kind, sheet, index, found, wan)
    return best


def columns_in(row: list[str], kind: SheetKind) -> dict[str, int]:
    """Return where a row heads the kind's columns, by our own header."""
    known = {word: header for header in owner_headers(kind) for word in names_of(header)}
    for column in columns_of(kind):
        for word in names_of(column.header, money=column.money):
            known.setdefault(word, column.header)
    known |= {folded(column.header): column.header for column in columns_of(kind)}
    places: dict[str, int] = {}
    for at, cell in enumerate(row):
        header = known.get(folded(cell))
        if header and header not in places:
            places[header] = at
    return places


def names_of(header: str, *, money: bool = False) -> set[str]:
    """Return the words a header goes by."""
    words = {header, *ALIASES.get(header, ())}
    if money:
        words |= {word.replace(YUAN, WAN) for word in words} | {word.replace(YUAN, "") for word in words}
    return {folded(word) for word in words}


def _missing(found: Found) -> list[str]:
    return [c.header for c in columns_of(found.kind) if c.header not in found.places and not c.optional]


def _lacking(found: Found) -> list[Problem]:
    row, sheet = found.header + 1, found.sheet.name or found.kind.title
    return [
        Problem(sheet, row, 0, header, "", "缺少这一列", f"表头中有“{header}”", "请补上这一列，可对照填报模板。")
        for header in _missing(found)
    ]


def _twice(found: Found, other: Found) -> list[Problem]:
    message = f"与工作表“{other.sheet.name}”都是《{found.kind.title}》"
    return [Problem(found.sheet.name, 0, 0, "", "", message, "每种只有一张", "请合并成一张工作表。")]


def _stranger(sheet: Sheet, named: SheetKind | None) -> Problem:
    message = "没有找到表头" if named else "不认识这张工作表，其中的内容不会导入"
    fix = "请把工作表名改成填报模板中的名称，并保留表头；确实不用导入的，确认“不导入未识别的内容”。"
    return Problem(sheet.name, 0, 0, "", "", message, "", fix)


def unknown_columns(found: Found) -> Iterator[Problem]:
    """Name the headed columns that are not ours, and unheaded ones in which something stands."""
    header, known = found.sheet.rows[found.header], set(found.places.values())
    below = found.sheet.rows[found.header + 1 :]
    for at in range(max(map(len, found.sheet.rows))):
        word = header[at] if at < len(header) else ""
        if at in known or word.endswith(REFERENCE) or not any(at < len(row) and row[at] for row in below):
            continue
        message = "不认识这一列，其中的内容不会导入"
        fix = "请改成填报模板中的列名；确实不用导入的，确认“不导入未识别的内容”。"
        sheet = found.sheet.name or found.kind.title
        yield Problem(sheet, found.header + 1, at + 1, word or "（空）", word, message, "", fix)


def owner_columns(found: Found, owner: Owner) -> Iterator[Statement]:
    """Yield what the rows say of whose they are: the first that names somebody else, or else the first."""
    for label in owner_headers(found.kind):
        at = found.places.get(label, -1)
        stated = [
            (number, row[at])
            for number, row in enumerate(found.sheet.rows[found.header + 1 :], start=found.header + 2)
            if 0 <= at < len(row) and row[at]
        ]
        first = next((one for one in stated if one[1] != owner.labelled[label]), stated[0] if stated else None)
        if first:
            yield Statement(found.sheet.name or found.kind.title, first[0], at + 1, label, first[1])
