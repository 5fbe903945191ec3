"""How far a long command is: one line rewritten on a terminal, elsewhere a line now and then."""

from time import monotonic
from typing import Any

RARELY = 15
"""Seconds between two lines where nobody watches."""
WIDTH = 30


class Progress:
    """n of m, drawn as a bar; other lines go through :meth:`say`, so that they do not mix with it."""

    def __init__(self, stream: Any, total: int) -> None:
        self.stream, self.total, self.done = stream, total, 0
        self.began = self.told = monotonic()
        self.is_watched = bool(getattr(stream, "isatty", lambda: False)())

    def step(self) -> None:
        """One more is done."""
        self.done += 1
        now = monotonic()
        if self.is_watched:
            self._write(f"\r\x1b[K{self._bar()} {self._words(now)}")
        elif now - self.told >= RARELY or self.done == self.total:
            self.told = now
            self._write(f"{self._words(now)}\n")

    def say(self, line: str) -> None:
        """Write a line of its own."""
        self._write(f"\r\x1b[K{line}\n" if self.is_watched else f"{line}\n")

    def end(self) -> None:
        """Leave the bar as it is."""
        if self.is_watched and self.done:
            self._write("\n")

    def _write(self, text: str) -> None:
        self.stream.write(text, ending="")
        self.stream.flush()

    def _bar(self) -> str:
        full = WIDTH * self.done // self.total
        return f"[{'█' * full}{'·' * (WIDTH - full)}]"

    def _words(self, now: Any) -> str:
        left = (now - self.began) / self.done * (self.total - self.done)
        return f"{self.done}/{self.total}" + (f"，约剩{int(left) // 60}分{int(left) % 60:02}秒" if left else "")
