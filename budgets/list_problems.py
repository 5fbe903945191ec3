"""What can be wrong with an official list; each complaint names its row, and all of them are made at once."""

import re
from collections.abc import Iterator

from budgets.enums import CodeScheme, FunctionKind
from budgets.models import Function
from budgets.models.classification import FORMS, Code
from budgets.readers.headers import CodeRow

Sorted = dict[str, list[CodeRow]]
"""The rows of a file, by the list they belong to."""


def sort_rows(rows: list[CodeRow], schemes: tuple[str, ...], chosen: str) -> tuple[Sorted, list[str]]:
    """Sort rows into their lists, and complain of those that cannot be: the file's own column has the word."""
    chosen = chosen or (schemes[0] if len(schemes) == 1 else "")
    offered = "、".join(FunctionKind.labels)
    found: Sorted = {chosen: []} if chosen else {}
    problems = []
    for row in rows:
        kind = _kind(row.budget) if row.budget and len(schemes) > 1 else chosen
        if not kind:
            problems.append(f"{row.place}：“所属预算”应为{offered}，现为“{row.budget or '空'}”。")
        elif chosen and kind != chosen:
            problems.append(f"{row.place}：“所属预算”是“{row.budget}”，与所选的目录不符。")
        else:
            found.setdefault(kind, []).append(row)
    return found, problems


def problems_of(found: Sorted, model: type[Code], year: int) -> Iterator[str]:
    """Yield every complaint about codes and names."""
    codes = {row.code for rows in found.values() for row in rows}
    for scheme, rows in found.items():
        above = codes | _parents_elsewhere(scheme, model, year)
        first: dict[str, str] = {}
        for row in rows:
            yield from _of_row(row, scheme, above)
            if row.code in first:
                yield f"{row.place}：编码{row.code}与{first[row.code]}重复。"
            first.setdefault(row.code, row.place)


def _of_row(row: CodeRow, scheme: str, above: set[str]) -> Iterator[str]:
    pattern, message = FORMS[CodeScheme(scheme)]
    longest = Function._meta.get_field("name").max_length
    if not re.fullmatch(pattern, row.code):
        yield f"{row.place}：编码“{row.code}”不对。{message}" if row.code else f"{row.place}：缺少编码。"
    elif scheme != CodeScheme.PROCUREMENT and len(row.code) > 3 and row.code[:-2] not in above:  # noqa: PLR2004 类
        yield f"{row.place}：编码{row.code}的上级{row.code[:-2]}不在目录里。"
    if not row.name:
        yield f"{row.place}：缺少名称。"
    elif len(row.name) > longest:
        yield f"{row.place}：名称超过{longest}个字。"


def _parents_elsewhere(scheme: str, model: type[Code], year: int) -> set[str]:
    """Take a fund's 项 under a 类 that only the general list names."""
    if len(model.schemes) == 1:
        return set()
    return set(model.objects.worst_first(year).exclude(kind=scheme).values_list("code", flat=True))


def _kind(words: str) -> str:
    for kind in FunctionKind:
        if kind.label.startswith(words) or words.startswith(kind.label):
            return kind.value
    return ""
