"""The whole workbook in every sort of file, and in every order and wording, imports without any change."""

import csv
import io
import random
from html import escape

import openpyxl
import pytest
import xlwt
from spreadsheets import ods, ods_rows
from workbooks import a_clerk, the_book, uploaded

from disclosure.intake.aliases import ALIASES
from disclosure.intake.columns import OWNER, columns_of
from disclosure.intake.recognition import YUAN, folded
from disclosure.intake.run import Upload, preview
from disclosure.intake.sheets import sheets_of

MOST_WORDS = 1 + max(map(len, ALIASES.values()))


@pytest.fixture
def clerk(disclosure):
    return a_clerk(disclosure)


@pytest.fixture
def pages(disclosure, clerk):
    """Every sheet of the exported workbook as plain rows, by name."""
    book = the_book(disclosure, clerk)
    return {page.title: [["" if v is None else v for v in row] for row in page.values] for page in book}


def as_xls(pages) -> bytes:
    book, kept = xlwt.Workbook(), io.BytesIO()
    for name, rows in pages.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(number, column, value)
    book.save(kept)
    return kept.getvalue()


def as_ods(pages) -> bytes:
    tables = {name: ods_rows(*[list(map(as_paragraphs, row)) for row in rows]) for name, rows in pages.items()}
    (first, *others) = tables.items()
    more = (f'</table:table><table:table table:name="{escape(name)}">{table}' for name, table in others)
    return ods(first[1] + "".join(more), first[0])


def as_paragraphs(value):
    return escape(value).replace("\n", "</text:p><text:p>") if isinstance(value, str) else value


def as_csv(rows, encoding: str) -> bytes:
    kept = io.StringIO()
    csv.writer(kept).writerows(rows)
    return kept.getvalue().encode(encoding)


def as_book(pages):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in pages.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(row)
    return book


def unchanged(outcome) -> dict[str, int]:
    """Say how many rows of each sheet are as they are stored, where nothing else is to be said of a file."""
    assert (outcome.problems, outcome.strangers) == ((), ())
    assert [(one.added, one.changed, one.removed, one.refused) for one in outcome.sheets if one.read != one.same] == []
    return {one.title: one.same for one in outcome.sheets}


def counts(disclosure, *, but: set[str] = frozenset()) -> dict[str, int]:
    return {kind.title: kind.rows(disclosure).count() for kind in sheets_of(disclosure) if kind.title not in but}


@pytest.mark.parametrize(("name", "convert"), [("表.xls", as_xls), ("表.et", as_xls), ("表.ods", as_ods)])
def test_the_whole_workbook_in_another_format_changes_nothing(disclosure, clerk, pages, name, convert):
    outcome = preview(disclosure, Upload(name, convert(pages)), by=clerk)

    assert unchanged(outcome) == counts(disclosure)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_every_sheet_as_delimited_text_changes_nothing(disclosure, clerk, pages, encoding):
    same = {}
    for kind in sheets_of(disclosure):
        data = as_csv(pages[kind.title], encoding)
        same |= unchanged(preview(disclosure, Upload(f"{kind.title}.csv", data), by=clerk))

    assert same == counts(disclosure)


def reworded(kind, headers: list[str], turn: int) -> list[str]:
    """Head columns with their words number ``turn``, but for words that head another column of the sheet."""
    own = {folded(column.header) for column in columns_of(kind)}
    said, taken = [], set()
    for header in headers:
        plain = str(header).rstrip("*＊ ")
        words = [header, *ALIASES.get(plain, ())] + [plain.replace(YUAN, "")] * (YUAN in plain)
        word = words[turn % len(words)]
        if word != header and (folded(word) in own or folded(word) in taken):
            word = header
        taken.add(folded(str(word)))
        said.append(word)
    return said


def shuffled(disclosure, pages, turn: int) -> dict[str, list[list]]:
    chance, kinds = random.Random(turn), {kind.title: kind for kind in sheets_of(disclosure)}  # noqa: S311 no secret
    order = list(pages)
    chance.shuffle(order)
    result = {}
    for name in order:
        rows = pages[name]
        if name in kinds:
            head = next(at for at, row in enumerate(rows) if folded(str(row[1])) in _headers(kinds[name]))
            columns = chance.sample(range(len(rows[head])), len(rows[head]))
            table = [reworded(kinds[name], rows[head], turn), *rows[head + 1 :]]
            rows = rows[:head] + [[row[at] for at in columns] for row in table]
            names = [name, *kinds[name].aliases]
            name = names[turn % len(names)]  # noqa: PLW2901 the sheet goes by another name
        result[name] = rows
    return result


def _headers(kind) -> set[str]:
    return {folded(column.header) for column in columns_of(kind)}


@pytest.mark.parametrize("turn", range(1, MOST_WORDS + 1))
def test_no_order_and_no_wording_loses_a_cell(disclosure, clerk, pages, turn):
    book = as_book(shuffled(disclosure, pages, turn))

    outcome = preview(disclosure, uploaded(book), by=clerk)

    assert unchanged(outcome) == counts(disclosure)


def test_every_alias_of_every_header_is_tried(disclosure):
    tried = {word for kind in sheets_of(disclosure) for turn in range(MOST_WORDS + 1) for word in _words(kind, turn)}

    words = {folded(word) for header, aliases in ALIASES.items() for word in aliases if header not in OWNER}

    assert sorted(words - tried) == []


def _words(kind, turn: int) -> set[str]:
    return {folded(word) for word in reworded(kind, [column.header for column in columns_of(kind)], turn)}


@pytest.mark.parametrize("turn", range(4))
def test_a_sheet_may_say_whose_it_is_in_columns_of_any_wording(disclosure, clerk, pages, turn):
    said = dict(zip(OWNER, ("130303", "2022", "203"), strict=True))
    heads = [(header, *ALIASES[header])[turn % (1 + len(ALIASES[header]))] for header in OWNER]
    head, *rows = pages["收入明细"][2:]
    table = [[*heads, *head], *([*(said.values() if any(row) else ()), *row] for row in rows)]

    outcome = preview(disclosure, uploaded(as_book({"收入明细": table})), by=clerk)

    assert unchanged(outcome) == {"收入明细": disclosure.budget.revenuelines.count()}
