"""Writes the files of these tests: workbooks by openpyxl and xlwt, and archives by hand where those are too polite."""

import io
import zipfile
from collections.abc import Callable

import openpyxl
import xlwt

SPREADSHEETML = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)


def xlsx(*rows: list, then: Callable | None = None) -> bytes:
    """Return a workbook of one sheet “表1”; ``then`` may spoil it."""
    book = openpyxl.Workbook()
    book.active.title = "表1"
    for row in rows:
        book.active.append(row)
    if then:
        then(book.active)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def xls(*rows: list, then: Callable | None = None) -> bytes:
    """Return a legacy workbook of one sheet “表1”; ``then`` may spoil it."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("表1")
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            sheet.write(number, column, value)
    if then:
        then(sheet)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def archive(members: dict[str, str | bytes]) -> bytes:
    """Return a zip file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in members.items():
            opened.writestr(name, content)
    return data.getvalue()


def raw_xlsx(sheet: str, **more: str | bytes) -> bytes:
    """Return a workbook whose one sheet holds this XML inside ``<worksheet>``; ``more`` members may be added."""
    types = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    return archive(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{types}.sheet.main+xml"/></Types>',
            "_rels/.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
            ),
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEETML}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="表1" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
            ),
            "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SPREADSHEETML}">{sheet}</worksheet>',
            **more,
        }
    )


def ods(table: str, name: str = "表1", **more: str | bytes) -> bytes:
    """Return a document whose one sheet holds this XML inside ``<table:table>``."""
    content = (
        f'<office:document-content {ODS_NAMES} xmlns:calcext="urn:org:documentfoundation:names:experimental:calc">'
        f'<office:body><office:spreadsheet><table:table table:name="{name}">{table}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    return archive({"mimetype": ODS_TYPE, "META-INF/manifest.xml": manifest, "content.xml": content, **more})


def ods_rows(*rows: list) -> str:
    """Return plain rows for :func:`ods`."""
    return "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)


def _ods_cell(value: str | float) -> str:
    sort = (
        'office:value-type="string"' if isinstance(value, str) else f'office:value-type="float" office:value="{value}"'
    )
    return (
        f"<table:table-cell {sort}><text:p>{value}</text:p></table:table-cell>"
        if value != ""
        else ("<table:table-cell/>")
    )


def delimited(*rows: list, encoding: str = "utf-8") -> bytes:
    """Return CSV text."""
    return "".join(",".join(map(str, row)) + "\r\n" for row in rows).encode(encoding)
