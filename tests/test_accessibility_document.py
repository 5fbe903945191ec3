"""The document on accessibility names, for each item, a test that is there."""

import ast
import re
from pathlib import Path

from browser_features import FLOOR

ROOT = Path(__file__).parent.parent
DOCUMENT = (ROOT / "docs" / "accessibility.md").read_text(encoding="utf-8")
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


def functions_of(path: Path) -> set[str]:
    """Return the names of a module's functions; none where there is no module."""
    if not path.is_file():
        return set()
    return {node.name for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)}


def test_every_test_that_is_named_is_there():
    named = NAMED.findall(DOCUMENT)

    assert [f"{path}::{name}" for path, name in named if name not in functions_of(ROOT / path)] == []
    assert len(named) > 20


def test_every_item_has_a_test():
    principles = DOCUMENT.partition("## 可感知")[2].partition("## 浏览器的底线")[0]
    rows = [line for line in principles.splitlines() if line.startswith("| ") and not line.startswith("| 要求")]

    assert [row for row in rows if not NAMED.search(row)] == []
    assert len(rows) > 20


def test_the_oldest_browser_is_the_one_that_is_tested():
    assert f"Chromium {FLOOR}" in DOCUMENT
