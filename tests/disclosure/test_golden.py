"""The whole content of the sample, reviewed as a diff when it changes."""

import json
from pathlib import Path

GOLDEN = Path(__file__).parents[1] / "golden" / "shanhaiguan-2022.json"


def test_the_content_is_the_golden_one(document, pytestconfig):
    content = json.dumps(json.loads(document.canonical), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    if pytestconfig.getoption("--refresh-golden"):
        GOLDEN.write_text(content, encoding="utf-8")

    assert GOLDEN.read_text(encoding="utf-8") == content
