"""Thousands of spoilt files: every one is read or refused in Chinese, none ends in a traceback."""

import io
import random
import re
import subprocess
import sys
import zipfile
from collections import Counter
from datetime import date

import forking
import pytest
import spreadsheets
from django.core.exceptions import ValidationError

from budgets.readers.files import checked, read_file
from budgets.readers.workbook import ROOT, understood

ROWS = [
    ["2024年支出表", "", "", ""],
    ["科目编码", "科目名称", "金额", "日期"],
    ["2013201", "行政运行", 45.38, "2024-01-01"],
    ["2013202", "一般行政", 130303199001011234, "甲"],
    ["合计", "", 1.5, ""],
]


def spoil(sheet) -> None:
    """Put a hazard of every sort into a sheet."""
    sheet["E3"], sheet["F3"], sheet["C7"] = "=SUM(C3:C4)", date(2024, 1, 1), "－"
    sheet.merge_cells("A1:D1")
    sheet.row_dimensions[5].hidden = True
    sheet.column_dimensions["D"].hidden = True


SOUND = [
    ("表.xlsx", spreadsheets.xlsx(*ROWS, then=spoil)),
    ("表.et", spreadsheets.xlsx(*ROWS)),
    ("表.xls", spreadsheets.xls(*ROWS, then=lambda sheet: sheet.merged_ranges.append((0, 0, 0, 3)))),
    ("表.ods", spreadsheets.ods(spreadsheets.ods_rows(*ROWS))),
    ("表.csv", spreadsheets.delimited(*ROWS, encoding="gb18030")),
]
INSERTED = [
    b"<",
    b"&",
    b"]]>",
    b"<!DOCTYPE x>",
    b"<row>",
    b'<c t="e"><v>',
    b' r="XFD1048576"',
    b' r="A0"',
    b' hidden="1"',
    b"\0",
    b"99999999999999999999",
    b"1e999",
    b"-1",
    b'"',
    b"\xff\xfe",
    b"\xe4\xb8",
    b"PK\x01\x02",
    b' table:number-rows-repeated="1048576"',
    b' table:number-columns-repeated="-5"',
    b' table:number-rows-spanned="x"',
]


def spoilt_bytes(data: bytes, chance: random.Random) -> bytes:
    """Change, cut, repeat or insert something, one to eight times."""
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.choice((1, 1, 4, 60, 500)))
        middle = chance.choice(
            (
                b"",
                data[at:to] * 2,
                bytes(chance.randrange(256) for _ in range(to - at)),
                b"\0" * (to - at),
                b"\xff" * (to - at),
                chance.choice(INSERTED),
                chance.choice(INSERTED) + data[at:to],
            )
        )
        data = data[:at] + middle + data[to:]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def spoilt_file(data: bytes, chance: random.Random) -> bytes:
    """Spoil a file from outside, or one of the members of an archive, or leave that out."""
    if not data.startswith(b"PK") or chance.random() < 0.3:
        return spoilt_bytes(data, chance)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        members = {name: book.read(name) for name in book.namelist()}
    name = chance.choice([name for name in members if re.search(r"sheet|workbook|content|styles|shared", name)])
    spoilt = spoilt_bytes(members.pop(name), chance)
    return spreadsheets.archive(members if chance.random() < 0.05 else members | {name: spoilt})


@pytest.fixture(scope="module")
def ask():
    """Return a function that reads one file of a sort in a fork."""
    command = [sys.executable, "-I", forking.__file__, str(ROOT)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def asked(sort: str, data: bytes) -> tuple[bytes, bytes]:
            process.stdin.write(forking.HEADER.pack(sort.encode(), len(data)) + data)
            process.stdin.flush()
            status, length = forking.HEADER.unpack(process.stdout.read(forking.HEADER.size))
            return status, process.stdout.read(length)

        yield asked


def outcome(read) -> str:
    """Read a file; use what came of it as its users do."""
    try:
        sheets = read()
    except ValidationError as error:
        said, came = error.messages, "refused"
    else:
        said, came = [str(note) for sheet in sheets for note in sheet.notes], "read"
        assert [len(sheet.headings()) for sheet in sheets] == [sheet.body() for sheet in sheets]
    assert all(re.search(r"[\u4e00-\u9fff].*。", sentence) for sentence in said)
    return came


@pytest.mark.parametrize(("name", "sound"), SOUND, ids=[name[1:] for name, _ in SOUND])
def test_five_hundred_spoilt_files_of_a_sort_are_read_or_refused(name, sound, ask):
    chance = random.Random(f"{name}2024")  # noqa: S311 repeatable, not secret
    outcomes = Counter()

    for _ in range(500):
        data = spoilt_file(sound, chance)

        def read(data=data):
            status, answer = ask(checked(name, data), data)
            if status == b"dead":
                raise ValidationError("超出限制。")
            return understood(answer)

        outcomes[outcome(read)] += 1

    assert outcomes.total() == 500
    assert outcomes["read"] > 20


@pytest.mark.parametrize(("name", "sound"), SOUND, ids=[name[1:] for name, _ in SOUND])
def test_spoilt_files_are_read_or_refused_by_the_child_itself_too(name, sound):
    chance = random.Random(f"{name}2025")  # noqa: S311 repeatable, not secret

    assert {outcome(lambda: read_file(name, spoilt_file(sound, chance))) for _ in range(8)} <= {"read", "refused"}
