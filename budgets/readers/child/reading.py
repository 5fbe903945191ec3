"""Takes one file apart into sheets of text cells, and says in JSON what it found or why it will not."""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator

from budgets.readers.child import delimited, opendocument, spreadsheetml, trimming
from budgets.readers.child.finds import RefusedError, Seen
from budgets.readers.child.writing import Allowance, Pen
from budgets.readers.hazards import Hazard

MEMORY = 600 * 1024 * 1024
SECONDS = 10
PROLOGUE = 64 * 1024
LEGACY = "旧版 .xls、.et 工作簿看不出隐藏行、没有结果的公式和错误值（按空白读取）；如有，请另存为 .xlsx 后再上传。"


def main() -> None:
    """Read standard input under limits; the one argument is the sort of file."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for part in answer(sys.argv[1], sys.stdin.buffer.read()):
        sys.stdout.buffer.write(part)


def answer(sort: str, data: bytes) -> list[bytes]:
    """Return ``{"sheets": […]}`` or ``{"refused": […]}`` in pieces; whatever happens is an answer."""
    try:
        sheets = list(_delimited(data) if sort == "csv" else _workbook(sort, data))
        return [b'{"sheets":[', *_joined(sheets), b"]}"]
    except RefusedError as refused:
        reason = list(refused.args)
    except (KeyboardInterrupt, SystemExit):
        raise
    except MemoryError:
        reason = ["limits"]
    except BaseException as error:  # noqa: BLE001 calamine's panics are no Exception, and any bytes may come in
        reason = [_reason(error)]
    return [json.dumps({"refused": reason}).encode()]


def _reason(error: BaseException) -> str:
    if type(error).__name__ == "PasswordError":
        return "password"
    return "limits" if "capacity overflow" in str(error) else "damaged"


def _joined(sheets: list[list[bytes]]) -> Iterator[bytes]:
    for index, parts in enumerate(sheets):
        yield from ([b",", *parts] if index else parts)


def _delimited(data: bytes) -> Iterator[list[bytes]]:
    yield Pen("", Seen.nothing(), Allowance()).written(delimited.lines(data))


def _workbook(sort: str, data: bytes) -> Iterator[list[bytes]]:
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    seen_by_name = _seen(sort, data)
    book = load_workbook(io.BytesIO(trimming.trimmed(data) if sort == "sparse" else data))
    pages = [page for page in book.sheets_metadata if page.typ == SheetTypeEnum.WorkSheet]
    if not pages:
        raise RefusedError("no_sheet")
    allowance = Allowance()
    for page in pages:
        sheet = book.get_sheet_by_name(page.name)
        seen = seen_by_name.get(page.name) or Seen.nothing()
        seen.merged.extend((*first, *last) for first, last in sheet.merged_cell_ranges or ())
        if sort == "xls":
            seen.finds.add(Hazard.UNSEEN, 0, 0, LEGACY)
        hidden = page.visible != SheetVisibleEnum.Visible
        # calamine yields the rows from the sheet's first, but the columns only from its first with content
        left = sheet.start[1] if sheet.start else 0
        yield Pen(page.name, seen, allowance).written(sheet.iter_rows(), left, hidden=hidden)


def _seen(sort: str, data: bytes) -> dict[str, Seen]:
    if sort == "xls":
        return {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _refuse_hostile(archive)
        if sort == "ods":
            archive.getinfo("content.xml")  # or it is no document at all, whatever its name
            return opendocument.see_all(archive)
        return {name: spreadsheetml.see(archive, part) for name, part in spreadsheetml.sheet_parts(archive).items()}


def _refuse_hostile(archive: zipfile.ZipFile) -> None:
    """Refuse an encrypted archive, and a document type declared where one may be: before the first element."""
    for member in archive.infolist():
        if member.flag_bits & 1:
            raise RefusedError("password")
        if member.filename.lower().endswith((".xml", ".rels", ".vml")):
            with archive.open(member) as stream:
                beginning = stream.read(PROLOGUE)
            _refuse_entities(beginning)
            if member.filename == "META-INF/manifest.xml" and b"encryption-data" in beginning:
                raise RefusedError("password")


def _refuse_entities(beginning: bytes) -> None:
    """Refuse a declared document type in any encoding of ASCII letters."""
    letters = beginning.replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in letters or b"<!ENTITY" in letters:
        raise RefusedError("entities")


if __name__ == "__main__":
    main()
