"""The PDF as archives and screen readers take it: validated, one table each, with its data inside."""

import hashlib
import io
import json as json_format
import os
import subprocess
import sys
import zlib
from collections import Counter
from types import SimpleNamespace

import msgspec
import page
import pikepdf
import pydyf
import pytest

from disclosure.document import Document
from disclosure.enums import FileFormat
from disclosure.render import json, pdf, spreadsheet
from disclosure.render.tagging import sealing

CLAIMS = ("3a", "ua1")


@pytest.fixture
def data(edition) -> bytes:
    return edition.files.get(format=FileFormat.PDF).read()


@pytest.fixture
def file(data):
    with pikepdf.open(io.BytesIO(data)) as opened:
        yield opened


def elements(element, parent=""):
    """Yield every element of a structure tree with the kind of its parent."""
    kind = str(element.get("/S", ""))
    yield parent, kind, element
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield from elements(kid, kind)


def tree(file):
    """Return all elements of a file's structure tree."""
    return [one for top in file.Root.StructTreeRoot.K for one in elements(top)]


@pytest.mark.parametrize("profile", CLAIMS)
def test_the_file_is_what_it_claims_to_be(data, profile):
    report = page.validate_pdf_bytes(data, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []
    assert report.is_compliant


@pytest.mark.parametrize("profile", CLAIMS)
def test_a_draft_for_signature_is_valid_as_well(document, profile):
    data = pdf.render(Document(document.content, document.context), draft=True)

    report = page.validate_pdf_bytes(data, profile=profile)

    assert [(failure.rule_id, failure.message) for failure in report.failures] == []


def test_the_validator_sees_a_file_that_lacks_its_claim(data):
    broken = data.replace(b"<pdfuaid:part>1</pdfuaid:part>", b"<pdfuaid:part>7</pdfuaid:part>")

    assert not page.validate_pdf_bytes(broken, profile="ua1").is_compliant


def test_each_table_is_one_element_however_many_pages_it_takes(file, document):
    tables = [element for _, kind, element in tree(file) if kind == "/Table"]
    rows = [sum(kind == "/TR" for _, kind, _ in elements(table)) for table in tables]

    assert rows == [
        len(list(table.headers)) + len(list(table.body)) + bool(table.empty_reason or not table.rows)
        for table in (table for section in document.content.sections for table in printed(document, section))
    ]
    assert Counter(parent for parent, kind, _ in tree(file) if kind == "/THead") == {"/Table": len(tables)}


def printed(document, section):
    """Return the tables of a section in the order they are printed in."""
    tables = {table.key: table for table in document.content.tables}
    return [tables[block.table] for block in section.blocks if block.table]


def test_every_cell_names_headings_that_exist(file):
    names = {str(element.ID) for _, kind, element in tree(file) if kind == "/TH"}
    cells = [element for _, kind, element in tree(file) if kind == "/TD"]
    register = [str(name) for name in list(file.Root.StructTreeRoot.IDTree.Names)[::2]]

    named = {str(name) for cell in cells for name in cell.A.Headers}
    assert sorted(names) == register
    assert named <= names
    assert all(len(cell.A.Headers) for cell in cells)


def test_a_cell_under_merged_headings_is_bound_to_each_of_them(file):
    table = next(element for _, kind, element in tree(file) if kind == "/Table" and len(list(heads(element))) == MERGED)
    cells = [element for _, kind, element in elements(body_of(table).K[0]) if kind in ("/TD", "/TH")]

    for column, cell in enumerate(cells):
        over = [
            str(head.ID) for start, head in heads(table) if start <= column < start + int(head.A.get("/ColSpan", 1))
        ]
        if str(cell.S) == "/TD":
            assert [name for name in map(str, cell.A.Headers) if int(name[5:10]) < HEADINGS] == over


MERGED, HEADINGS = 12, 3
"""表一: twelve headings in three lines."""


def heads(table):
    """Yield the column headings of a table with the column each begins at, as its name tells."""
    for _, kind, element in elements(table):
        if kind == "/TH" and str(element.A.Scope) == "/Column":
            yield int(str(element.ID).split("c")[1]), element


def body_of(table):
    """Return the body of a table."""
    return next(element for _, kind, element in elements(table) if kind == "/TBody")


def test_the_data_lies_inside_and_equals_what_is_published(file, edition, document):
    files = {name: spec.get_file().read_bytes() for name, spec in file.attachments.items()}
    relations = [(str(spec.UF), str(spec.AFRelationship)) for spec in file.Root.AF]

    assert files["document.json"] == json.render(document) == edition.files.get(format=FileFormat.JSON).read()
    assert files["document.xlsx"] == spreadsheet.render(document) == edition.files.get(format=FileFormat.XLSX).read()
    assert relations == [("document.json", "/Source"), ("document.xlsx", "/Data")]
    assert json_format.loads(files["document.json"])["edition"]["content_sha256"] == edition.content_sha256


def test_title_language_and_bookmarks_are_there(file, document):
    with file.open_outline() as outline:
        chapters = [item.title for item in outline.root]

    assert str(file.Root.Lang) == "zh-CN"
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle)
    assert str(file.docinfo.Title) == document.content.title
    assert chapters == [section.heading for section in document.content.sections]


def test_a_page_that_goes_on_with_a_table_says_so(data):
    import pypdfium2

    pages = [leaf.get_textpage().get_text_bounded() for leaf in pypdfium2.PdfDocument(data)]

    continued = [text for text in pages if "续表：表三 部门预算支出总表" in text]
    assert len(continued) == 1
    assert "2210201" in continued[0]
    assert not any("续表" in text for text in pages[:10])


STREAMS = {
    "operators": {},
    "font": {"Length1": 3},
    "file": {"Type": "/EmbeddedFile"},
}


@pytest.mark.parametrize("kind", STREAMS)
def test_no_stream_ends_in_what_looks_like_a_line_break(kind):
    raw = b"ZZX"
    assert zlib.compress(raw, 9).endswith(b"\r")
    stream = pydyf.Stream([raw], dict(STREAMS[kind]), compress=True)

    sealing.seal(SimpleNamespace(objects=[stream]))

    packed = stream.stream[0]
    assert not packed.endswith(b"\r")
    read_back = zlib.decompress(packed) if stream.extra.get("Filter") else packed
    assert read_back.rstrip(b" ") == raw
    assert (read_back == raw) == (kind == "file")
    assert stream.extra.get("Length1", len(read_back)) == len(read_back)


def test_a_file_that_needs_a_second_attempt_carries_its_data_and_is_valid(document, monkeypatch):
    answers = iter((False, True))
    monkeypatch.setattr(sealing, "is_sealed", lambda _data: next(answers))

    data = pdf.render(document)

    with pikepdf.open(io.BytesIO(data)) as twice:
        assert twice.Root.PortalAttempt.N == 1
        assert sorted(twice.attachments) == ["document.json", "document.xlsx"]
    assert all(page.validate_pdf_bytes(data, profile=profile).is_compliant for profile in CLAIMS)


AGAIN = """
import hashlib, sys, django
django.setup()
from disclosure.content import parse
from disclosure.document import Context, Document, Imprint
from disclosure.render import pdf
import msgspec
content, imprint = sys.stdin.buffer.read().split(b"\\0")
document = Document(parse(content.decode()), Context(imprint=msgspec.json.decode(imprint, type=Imprint)))
document.canonical = content.decode()
print(hashlib.sha256(pdf.render(document)).hexdigest())
"""
PLACES = (("UTC", "C.UTF-8", "1"), ("Asia/Shanghai", "C", "2"), ("America/New_York", "zh_CN.UTF-8", "3"))


@pytest.mark.parametrize(("zone", "locale", "seed"), PLACES)
def test_another_process_in_another_place_draws_the_same_bytes(data, document, zone, locale, seed):
    given = document.canonical.encode() + b"\0" + msgspec.json.encode(document.context.imprint)
    place = {**os.environ, "TZ": zone, "LC_ALL": locale, "LANG": locale, "PYTHONHASHSEED": seed}
    place["DJANGO_SETTINGS_MODULE"] = "portal.settings"

    done = subprocess.run([sys.executable, "-c", AGAIN], input=given, capture_output=True, env=place, check=True)

    assert done.stdout.decode().strip() == hashlib.sha256(data).hexdigest()
