"""What is seen stands in the order in which it is written: no style and no template puts it otherwise."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
REORDERED = re.compile(r"(?<![\w-])order\s*:|\b(?:row|column|wrap)-reverse\b|\bgrid-auto-flow\s*:[^;]*\bdense\b")
STOPPED = re.compile(r"tabindex\s*=\s*[\"']?[1-9]|\.tabIndex\s*=\s*[1-9]")


@pytest.mark.parametrize(
    "style", ["a { order: 2; }", "a { flex-flow: row-reverse; }", "a { grid-auto-flow: row dense; }"]
)
def test_another_order_is_found(style):
    assert REORDERED.search(style)


@pytest.mark.parametrize("style", ["a { border: 0; }", "ol { list-style: decimal; }", "a { grid-auto-flow: row; }"])
def test_what_leaves_the_order_alone_is_left_alone(style):
    assert not REORDERED.search(style)


def test_no_style_changes_the_order():
    styles = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "static").rglob("*.css")}

    assert styles
    assert [name for name, text in styles.items() if REORDERED.search(text)] == []


def test_no_stop_of_the_keyboard_comes_before_its_turn():
    files = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "js").rglob("*.js")]

    assert STOPPED.search('<a tabindex="2">')
    assert [path.name for path in files if STOPPED.search(path.read_text(encoding="utf-8"))] == []
