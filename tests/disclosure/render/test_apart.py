"""The PDF drawn in a process of its own: the same bytes, and a reason instead of an accident."""

import sys

import pytest

from disclosure.enums import FileFormat
from disclosure.render import EngineMissingError, apart
from disclosure.render.failing import NotDrawnError, reason_of

FAILING = "import sys; sys.stdout.write({said!r}); sys.exit(3)"


def child(monkeypatch, source: str) -> None:
    """Let something else run in place of the process that draws."""
    monkeypatch.setattr(apart, "COMMAND", (sys.executable, "-c", source))


def test_the_file_of_an_edition_is_drawn_to_the_byte(edition, document):
    assert apart.render(document) == edition.files.get(format=FileFormat.PDF).read()


def test_a_process_that_is_killed_is_named_by_its_signal(document, monkeypatch):
    child(monkeypatch, "import os; os.kill(os.getpid(), 9)")

    with pytest.raises(NotDrawnError, match="生成进程被系统终止（信号9），多为内存不足。"):
        apart.render(document)


def test_a_process_that_ends_by_itself_is_named_by_its_status(document, monkeypatch):
    child(monkeypatch, "raise SystemExit(7)")

    with pytest.raises(NotDrawnError, match="退出码7"):
        apart.render(document)


def test_one_that_takes_too_long_is_ended(document, monkeypatch):
    monkeypatch.setattr(apart, "PATIENCE", 1)
    child(monkeypatch, "import time; time.sleep(60)")

    with pytest.raises(NotDrawnError, match="还没有生成，已停止"):
        apart.render(document)


def test_what_the_process_says_is_said(document, monkeypatch):
    child(monkeypatch, FAILING.format(said='{"reason":"no","is_engine_missing":false}'))
    with pytest.raises(NotDrawnError, match="no"):
        apart.render(document)

    child(monkeypatch, FAILING.format(said='{"reason":"","is_engine_missing":true}'))
    with pytest.raises(EngineMissingError, match="PDF 引擎未安装"):
        apart.render(document)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "内存不足。"),
        (OSError(28, "No space left on device"), "磁盘已满。"),
        (KeyError("箱\n子"), "生成时出错（KeyError：'箱\\n子'），详情见服务器日志。"),
        (ValueError("x" * 999), f"生成时出错（ValueError：{'x' * 120}），详情见服务器日志。"),
        (ValueError(), "生成时出错（ValueError），详情见服务器日志。"),
    ],
)
def test_every_error_has_its_sentence(error, said):
    assert reason_of(error) == said
