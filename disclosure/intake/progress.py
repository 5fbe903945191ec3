"""How far an import has come, told sheet by sheet to whoever listens."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

Listener = Callable[[str], object]
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def told_to(listener: Listener) -> Iterator[None]:
    """Tell ``listener`` a line of what is done, as long as the block runs."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


def say(line: str) -> None:
    """Tell a line to whoever listens, if anybody does."""
    if listener := _listener.get():
        listener(line)
