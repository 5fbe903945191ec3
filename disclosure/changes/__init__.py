"""What a correction changed: the difference of two contents, by natural key and never by position."""

from collections.abc import Iterator
from typing import NamedTuple, Self

from budgets.enums import Phase
from disclosure.changes.fates import Fate, Restated
from disclosure.changes.tables import TableChange, table_changes
from disclosure.changes.words import Passage, passages
from disclosure.content import Content, Section
from disclosure.document import Imprint
from disclosure.layouts import LAYOUTS

OPENING = "preamble"


class SectionChange(NamedTuple):
    """A section whose words changed, or that is new or gone; ``heading`` is today's, ``before`` an older one."""

    key: str
    heading: str
    fate: Fate
    before: str
    passages: tuple[Passage, ...]


class Changes(NamedTuple):
    """Everything that reads otherwise in ``after`` than in ``before``; what did not change is not named."""

    metadata: tuple[Restated, ...]
    sections: tuple[SectionChange, ...]
    tables: tuple[TableChange, ...]

    @classmethod
    def between(cls, before: Content, after: Content) -> Self:
        """Compare two contents: metadata by name, sections and tables by key, rows by code or label."""
        said = tuple(_restated(_named(before), _named(after)))
        return cls(said, tuple(_sections(before, after)), tuple(table_changes(before.tables, after.tables)))

    @property
    def empty(self) -> bool:
        """Tell whether nothing reads otherwise."""
        return not any(self)


def imprint_changes(before: Imprint, after: Imprint) -> tuple[Restated, ...]:
    """Return what the 公开信息 of two editions say differently, beside their number, date and hash."""
    return tuple(_restated(_printed(before), _printed(after)))


def _printed(imprint: Imprint) -> dict[str, str]:
    composed = imprint.composed_on
    return {
        "索引号": imprint.index_number,
        "主题分类": imprint.topic,
        "发布机构": imprint.publisher,
        "文号": imprint.document_number,
        "成文日期": f"{composed:%Y年%-m月%-d日}" if composed else "",
    }


def _named(content: Content) -> dict[str, str]:
    layout = LAYOUTS.get(content.layout)
    unit = content.unit
    return {
        "标题": content.title,
        "显著标注": content.notice or "",
        "政府": f"{content.government.code} {content.government.name}",
        "部门": f"{content.department.code} {content.department.name}",
        "单位": f"{unit.code} {unit.name}" if unit else "",
        "年度": str(content.year),
        "阶段": str(Phase(content.phase).label),
        "版式": layout.name if layout else content.layout,
    }


def _restated(before: dict[str, str], after: dict[str, str]) -> Iterator[Restated]:
    return (Restated(label, text, after[label]) for label, text in before.items() if text != after[label])


def _sections(before: Content, after: Content) -> Iterator[SectionChange]:
    old, new = _by_key(before), _by_key(after)
    for key in [*new, *(key for key in old if key not in new)]:
        change = _section(key, old.get(key), new.get(key))
        if change:
            yield change


def _by_key(content: Content) -> dict[str, tuple[str, list[str]]]:
    sections = {section.key: (section.heading, _paragraphs(section)) for section in content.sections}
    return {OPENING: ("开头", [content.preamble] if content.preamble else []), **sections}


def _paragraphs(section: Section) -> list[str]:
    return [text for block in section.blocks for text in (block.paragraph, *(block.list or ())) if text]


def _section(key: str, old: tuple[str, list[str]] | None, new: tuple[str, list[str]] | None) -> SectionChange | None:
    nothing: tuple[str, list[str]] = ("", [])
    (was, said), (heading, says) = old or nothing, new or nothing
    found = tuple(passages(said, says))
    if was == heading and not found:
        return None
    fate = Fate.of(old, new)
    return SectionChange(key, heading or was, fate, was if fate is Fate.CHANGED and was != heading else "", found)
