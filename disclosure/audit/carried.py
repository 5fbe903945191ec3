"""W03 and W04: texts carried over from last year that nobody has looked at, or that nobody has changed."""

from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem, Skipped
from disclosure.audit.repeats import bare, han
from disclosure.audit.sentences import compiled, voice_of
from disclosure.audit.text import Line, bodies
from disclosure.audit.texts import quoted
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.layouts.base import PartKind
from disclosure.narrative import said

LONG = 30
STANDING = ("duties", "glossary", "front", "unknown")
"""What may stay as it is: duties by the plan of the office, terms by the rules of finance."""
STANDING_LABELS = ("主要职责：", "绩效标准：")


def _no_context(document: Document) -> str | None:
    if document.context.foreign:
        return "不是本系统编写的文件，没有编辑记录"
    return "已发布的版本没有编辑记录" if document.context.imprint else None


@rule("W03", Family.STALENESS, Severity.WARNING, applies=(_no_context,))
def carried_texts_are_reviewed(document: Document) -> Iterator[Outcome]:
    """从上年带入的文字都已复核。"""
    for name in document.context.unreviewed:
        yield Problem(f"“{name}”从上年带入，尚未复核。请修改，或确认仍然适用。")
    yield Agreed()


@rule("W04", Family.STALENESS, Severity.WARNING)
def texts_are_not_last_years(document: Document) -> Iterator[Outcome]:
    """人工填写的文字与上年公开的不完全相同。"""
    before = document.context.last_content
    if before is None:
        yield Skipped("没有上年公开的内容可以对照")
        return
    then = {bare(text) for section in before.sections for block in section.blocks if (text := block.paragraph)}
    patterns = [compiled(words)[0] for words in _computed(document)]
    for line in bodies(document):
        same = _written(line) and bare(line.text) in then
        if same and not any(pattern.fullmatch(line.text) for pattern in patterns):
            yield line.problem(
                f"{line.place.words}与{before.year}年公开的文字完全相同（“{quoted(line.text)}”）。请更新。"
            )
    yield Agreed()


def _written(line: Line) -> bool:
    return line.key not in STANDING and not line.text.startswith(STANDING_LABELS) and han(bare(line.text)) >= LONG


def _computed(document: Document) -> Iterator[str]:
    """Yield the layout's own sentences, which people do not write."""
    layout = LAYOUTS.get(document.content.layout)
    if layout is None:
        return
    voice = voice_of(document, layout)
    for plan in layout.sections:
        for part in plan.parts:
            if part.kind is PartKind.COMPUTED:
                yield from said(part.key, voice)
