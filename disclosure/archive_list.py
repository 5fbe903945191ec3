"""A folder of old disclosures with a list of them: every line is examined, and all are published or none."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.enums import Phase
from budgets.models import Department, Government, Unit
from budgets.readers.files import read_file
from budgets.readers.sheets import Sheet
from disclosure.archiving import Particulars, examined, publish_archived
from disclosure.models import ArchivedDisclosure
from disclosure.refusal import RefusalError

NEEDED = {"文件": "file", "部门编码": "department", "年度": "year", "标题": "title", "原公开日期": "published_on"}
MORE = {
    "单位编码": "unit",
    "阶段": "phase",
    "发布机构": "publisher",
    "文号": "document_number",
    "原公开网址": "source",
    "仍然公开的理由": "confirmation",
}
HEADINGS = {**NEEDED, **MORE}
HEADER_ROWS = 20
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
PHASES = {label: value for value, label in Phase.choices} | {value: value for value in Phase.values}


class Line(NamedTuple):
    """A line of the list: where it stands, and what it says under each known heading."""

    place: str
    said: dict[str, str]


class Ready(NamedTuple):
    """What is to be published: where it is listed, what is known of it, its file, and why it may be public."""

    place: str
    particulars: Particulars
    path: Path
    confirmation: str

    def handed(self, act: Callable[..., ArchivedDisclosure], by: Any) -> ArchivedDisclosure:
        """Hand it over to be examined or published."""
        return act(
            self.particulars,
            by=by,
            name=self.path.name,
            data=self.path.read_bytes(),
            confirmation=self.confirmation,
        )


class ListError(Exception):
    """Lines that cannot be published as they are: every one of them with its place, in the order of the list."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def lines_of(path: Path) -> list[Line]:
    """Read a list (XLSX, XLS, ODS, CSV); raise ListError where it has no such headings, or ones nobody knows."""
    try:
        sheets = read_file(path.name, path.read_bytes())
    except ValidationError as error:
        raise ListError([f"清单{path.name}：{''.join(error.messages)}"]) from error
    found = [line for sheet in sheets for line in _lines(sheet)]
    if not found:
        message = f"清单{path.name}里没有可用的行：需要一行表头，至少有{'、'.join(NEEDED)}，可以有{'、'.join(MORE)}。"
        raise ListError([message])
    return found


def _lines(sheet: Sheet) -> Iterator[Line]:
    header = next((at for at, row in enumerate(sheet.rows[:HEADER_ROWS]) if set(NEEDED) <= set(row)), None)
    if header is None:
        return
    names = sheet.rows[header]
    strange = [name for name in names if name and name not in HEADINGS]
    if strange:
        raise ListError([f"{sheet.place(header)}：不认识的列“{'”“'.join(strange)}”。请改名或删去这些列。"])
    for at, row in enumerate(sheet.rows[header + 1 :], header + 1):
        if any(row):
            cells = zip(names, [*row, *[""] * (len(names) - len(row))], strict=False)
            yield Line(sheet.place(at), {HEADINGS[name]: cell for name, cell in cells if name})


def examine(lines: list[Line], folder: Path, government: Government, *, by: Any) -> list[Ready]:
    """Return everything that is to be published; raise ListError with whatever stands in the way."""
    ready, problems = [], []
    seen: dict[tuple[Any, ...], str] = {}
    for line in lines:
        try:
            one = _ready(line, folder, government)
            _once(one.handed(examined, by), one.place, seen)
            ready.append(one)
        except RefusalError as error:
            problems.append(f"{line.place}：{error}")
    if problems:
        raise ListError(problems)
    return ready


@transaction.atomic
def publish_list(ready: list[Ready], *, by: Any) -> list[ArchivedDisclosure]:
    """Publish all of them, or none; raise ListError where one can no longer be published."""
    done = []
    for one in ready:
        try:
            done.append(one.handed(publish_archived, by))
        except RefusalError as error:
            raise ListError([f"{one.place}：{error}"]) from error
    return done


def _once(row: ArchivedDisclosure, place: str, seen: dict[tuple[Any, ...], str]) -> None:
    """Refuse the same file twice for one year of one publisher."""
    key = (row.department_code, row.unit_code, row.year, row.phase, row.sha256)
    if key in seen:
        raise RefusalError(f"与{seen[key]}是同一份文件，请删去一行。")
    seen[key] = place


def _ready(line: Line, folder: Path, government: Government) -> Ready:
    said = line.said
    lacking = [heading for heading, name in NEEDED.items() if not said[name]]
    if lacking:
        raise RefusalError(f"没有填写{'、'.join(lacking)}。")
    department = Department.objects.filter(government=government, code=said["department"]).first()
    if department is None:
        raise RefusalError(f"{government}没有编码为“{said['department']}”的部门，请核对或先登记。")
    particulars = Particulars(
        department,
        _year(said["year"]),
        _phase(said.get("phase", "")),
        said["title"],
        _day(said["published_on"]),
        _unit(department, said.get("unit", "")),
        *(said.get(name, "") for name in ("publisher", "document_number", "source")),
    )
    return Ready(line.place, particulars, _path(folder, said["file"]), said.get("confirmation", ""))


def _path(folder: Path, name: str) -> Path:
    """Return a file of the folder; refuse one that is not in it, wherever a name or a link leads."""
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise RefusalError(f"文件“{name}”不在给定的文件夹里，只能使用其中的文件。")
    if not path.is_file():
        raise RefusalError(f"文件夹里没有文件“{name}”，请核对文件名（包括扩展名）。")
    return path


def _unit(department: Department, code: str) -> Unit | None:
    if not code:
        return None
    found: Unit | None = Unit.objects.filter(department=department, code=code).first()
    if found is None:
        raise RefusalError(f"{department}没有编码为“{code}”的单位，请核对或先登记。")
    return found


def _year(text: str) -> int:
    if not re.fullmatch(r"20[0-9]{2}年?", text):
        raise RefusalError(f"年度“{text}”应为4位数字，如2019。")
    return int(text[:4])


def _phase(text: str) -> str:
    if text and text not in PHASES:
        raise RefusalError(f"阶段“{text}”应为{'、'.join(Phase.labels)}之一，或留空（年初预算）。")
    return PHASES.get(text, Phase.INITIAL)


def _day(text: str) -> date:
    try:
        year, month, day = map(int, DAY.fullmatch(text).groups())  # type: ignore[union-attr]
        return date(year, month, day)
    except (AttributeError, ValueError) as error:
        raise RefusalError(f"原公开日期“{text}”应写成2019-03-01或2019年3月1日。") from error
