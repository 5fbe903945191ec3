"""How far an import has come, told step by step to whoever listens."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import TypeVar

OFTEN = 5000
"""After how many rows of one sheet a word is said."""
Item = TypeVar("Item")


@dataclass
class Step:
    """What is being done, and how much lies behind: sheets and rows, of how many."""

    line: str = ""
    sheets: int = 0
    all_sheets: int = 0
    rows: int = 0
    all_rows: int = 0

    def __str__(self) -> str:
        return self.line


Listener = Callable[[Step], object]
_listener: ContextVar[tuple[Listener, Step] | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tell ``listener`` each step, as long as the block runs."""
    token = _listener.set((listener, Step()))
    try:
        yield
    finally:
        _listener.reset(token)


def begin(sheets: int, rows: int) -> None:
    """State how much there is to do."""
    if told := _listener.get():
        told[1].__dict__.update(sheets=0, all_sheets=sheets, rows=0, all_rows=rows)
        say(f"已读出{sheets}张工作表、{rows}行")


def say(line: str, *, sheets: int = 0) -> None:
    """Tell a line, and that so many more sheets are done, to whoever listens, if anybody does."""
    if told := _listener.get():
        listener, step = told
        step.line, step.sheets = line, step.sheets + sheets
        listener(replace(step))


def counted(items: list[Item], title: str) -> Iterable[Item]:
    """Yield the rows of a sheet, and tell how many of them have been passed."""
    if told := _listener.get():
        return _counted(items, title, told[1])
    return items


def _counted(items: list[Item], title: str, step: Step) -> Iterator[Item]:
    before = step.rows
    for done, item in enumerate(items):
        if done and not done % OFTEN:
            step.rows = before + done
            say(f"正在核对：{title} {done}/{len(items)}行")
        yield item
    step.rows = before + len(items)
