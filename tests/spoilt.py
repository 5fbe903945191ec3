"""Spoils files and texts of every sort, the same ones each time; ``SPOILT=1000`` spoils so many of each sort."""

import io
import os
import random
import re
import resource
import sys
import time
import zipfile
from collections import Counter
from contextlib import contextmanager

import spreadsheets

ROOM = 300 * 1024
"""KiB by which reading any number of spoilt files may make a process grow at most."""
LONGEST = 10
"""Seconds of computing for one file at most, whatever it says."""
CANARY = "山海关金丝雀七三一九"
"""What stands in a file that no document may bring in."""
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
IN_WORD = [
    b'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    b"&e;",
    b'<w:gridSpan w:val="99999999"/>',
    b'<w:gridSpan w:val="\xc2\xb2"/>',
    b"<w:vMerge/>",
    b"<w:tbl>",
    b"</w:tbl>",
    b"<w:tr><w:tc>",
    b"</w:p>",
    b"<w:p><w:r><w:t>",
    b'<w:altChunk r:id="rId1"/>',
    b'<Relationship Id="x" TargetMode="External" Target="http://127.0.0.1:1/x" Type="x/officeDocument"/>',
    b' Target="../../../../etc/passwd"',
    b' TargetMode="External"',
    b'<w:instrText>INCLUDETEXT "/etc/passwd"</w:instrText>',
    b"<w:outlineLvl w:val='\xd9\xa3'/>",
    b"<w:p>" * 500,
]
IN_PDF = [
    b"endobj",
    b"endstream",
    b"stream\n",
    b"/Length 99999999",
    b"/Length -1",
    b"/Count 2147483647",
    b"/Kids [3 0 R 3 0 R]",
    b"/Parent 3 0 R",
    b"/Encrypt 1 0 R",
    b"/Filter [/FlateDecode /FlateDecode]",
    b"/F (http://127.0.0.1:1/x)",
    b"/MediaBox [0 0 1e38 -1e38]",
    b" 1e38 0 0 1e38 0 0 cm ",
    b" 99999999999 -99999999999 m ",
    b"BT /F1 0 Tf (x) Tj ET",
    b"startxref\n0\n",
    b"%PDF-1.7\n",
    b"xref\n0 99999999\n",
]
WORDS = """
² ½ Ⅳ ٣ ① ９ 一百万亿 － — ( ） ， , . ． ％ ‰ 0% ≥ ≤ “ ” 《 》 { } {} %s %(text)s <b> &amp; 𠀀
1e999 NaN Infinity -Infinity -0 0.005 1,2 １２．３ 2013201 0000年 9999年 99999年13月32日
不适用 无 / 合计 其中： 单位：元 单位：万元 万元 个 增长 下降 第一部分 一、 （一）
项目名称 科目编码 一级指标 “三公”经费 数量指标 收入总计 支出总计 预算数 决算数
"""
WRITTEN = [
    *WORDS.split(),
    *("\t", "\n", "\u3000", "\u202e", "\ufeff", "\x7f", "\\", "9" * 30, "9" * 5000, "0" * 400 + "1"),
]
"""What people and machines write into texts and cells, none of it expected there."""


def how_many(usual: int, dear: int = 1) -> int:
    """Return how many files of a sort to spoil: few in the checks, more for the scoreboard unless they are dear."""
    return int(os.environ["SPOILT"]) // dear if "SPOILT" in os.environ else usual


def chances(sort: str) -> random.Random:
    """Return the chance by which a sort of file is spoilt, the same one each time."""
    return random.Random(sort)  # noqa: S311 repeatable, not secret


def spoilt_bytes(data: bytes, chance: random.Random, inserted: list[bytes] = INSERTED) -> bytes:
    """Change, cut, repeat or insert something, one to eight times."""
    for _ in range(chance.choice((1, 1, 2, 8))):
        at = chance.randrange(len(data) + 1)
        if chance.random() < 0.5:
            at = data.find(b">", at) + 1 or at  # between elements, where more of what is inserted is still read
        to = min(len(data), at + chance.choice((0, 1, 1, 4, 60, 500)))
        middle = chance.choice(
            (
                b"",
                data[at:to] * 2,
                bytes(chance.randrange(256) for _ in range(to - at)),
                b"\0" * (to - at),
                b"\xff" * (to - at),
                chance.choice(inserted),
                chance.choice(inserted) + data[at:to],
            )
        )
        data = data[:at] + middle + data[to:]
    return data[: chance.randrange(len(data) + 1)] if chance.random() < 0.1 else data


def spoilt_file(
    data: bytes,
    chance: random.Random,
    inserted: list[bytes] = INSERTED,
    members: str = "sheet|workbook|content|styles|shared",
) -> bytes:
    """Spoil a file from outside, an archive's table of contents, or one of its members, or leave that out."""
    where = chance.random()
    if not data.startswith(b"PK") or where < 0.2:
        return spoilt_bytes(data, chance, inserted)
    if where < 0.4:
        contents = data.index(b"PK\x01\x02")
        return data[:contents] + spoilt_contents(data[contents:], chance)
    found = unpacked(data)
    name = chance.choice([name for name in found if re.search(members, name)])
    spoilt = spoilt_bytes(found.pop(name), chance, inserted)
    return spreadsheets.archive(found if chance.random() < 0.05 else found | {name: spoilt})


def spoilt_contents(data: bytes, chance: random.Random) -> bytes:
    """Change some bytes of an archive's table of contents, without moving the others."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 2, 8))):
        changed[chance.randrange(len(data))] = chance.choice((0, 1, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return bytes(changed)


def unpacked(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def spoilt_text(text: str, chance: random.Random) -> str:
    """Change words, figures and lines, so that what comes of it is still a text."""
    for _ in range(chance.choice((1, 2, 8, 30))):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice((0, 1, 4, 40)))
        line = text.find("\n", at) + 1 or len(text)
        middle = chance.choice(
            (
                "",
                chance.choice(WRITTEN),
                chance.choice(WRITTEN) + text[at:to],
                text[at:line] * 2,
                text[at:to][::-1],
                text[at:to].translate({code: code + 0xFEE0 for code in range(0x2E, 0x3A)}),
            )
        )
        text = text[:at] + middle + text[to:]
    return text


def spoilt_rows(rows: list[list[str]], chance: random.Random) -> list[list[str]]:
    """Change, empty, leave out, repeat and exchange cells and rows of a sheet."""
    rows = [list(row) for row in rows]
    for _ in range(chance.choice((1, 2, 8, 30))):
        at = chance.randrange(len(rows))
        column = chance.randrange(len(rows[at]) or 1)
        doing = chance.randrange(6)
        if doing < 3 and rows[at]:
            rows[at][column] = (chance.choice(WRITTEN), "", spoilt_text(rows[at][column], chance))[doing]
        elif doing == 3 and len(rows) > 1:
            del rows[at]
        elif doing == 4:
            rows.insert(at, list(chance.choice(rows)))
        else:
            rows[at] = rows[at][column:] + rows[at][:column]
    return rows


def in_chinese(sentences) -> bool:
    """Tell whether every sentence is one that a clerk can read, and none is the words of a program."""
    programs = re.compile(r"Traceback|\w(?:Error|Exception)\b|object at 0x|NoneType")
    return all(re.search(r"[\u4e00-\u9fff].*。", one) and not programs.search(one) for one in sentences)


@contextmanager
def bounded():
    """Expect that what is done inside takes no more memory than it may, and give a clock for each file."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    @contextmanager
    def clock():
        begun = time.process_time()
        yield
        assert time.process_time() - begun < LONGEST

    yield clock
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < ROOM


def tried(sort: str, many: int, spoil, outcome) -> Counter:
    """Spoil so many files of a sort, count what came of each, and print it for the scoreboard."""
    chance, found = chances(sort), Counter()
    with bounded() as clock:
        for number in range(many):
            one = spoil(chance)
            try:
                with clock():
                    found[outcome(one)] += 1
            except BaseException as error:
                error.add_note(f"{sort}: file {number} of {many}")
                raise
    sys.stdout.write(f"spoilt: {sort}, {dict(found)}\n")
    return found
