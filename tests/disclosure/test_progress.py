"""How far a long command is."""

from io import StringIO

from django.core.management.base import OutputWrapper

from disclosure.management.progress import Progress


class Terminal(StringIO):
    """A stream somebody watches."""

    def isatty(self) -> bool:
        """Say that somebody does."""
        return True


def test_a_terminal_has_one_line_rewritten():
    stream = Terminal()
    progress = Progress(OutputWrapper(stream), 2)

    progress.step()
    progress.say("失败　甲")
    progress.step()
    progress.end()

    assert stream.getvalue().count("\n") == 2
    assert "1/2，约剩0分00秒" in stream.getvalue()
    assert stream.getvalue().endswith(f"\r\x1b[K[{'█' * 30}] 2/2\n")


def test_elsewhere_there_is_a_line_now_and_then():
    stream = StringIO()
    progress = Progress(OutputWrapper(stream), 100)

    for _ in range(100):
        progress.step()
    progress.end()

    assert stream.getvalue() == "100/100\n"
