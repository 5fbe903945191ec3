"""Files of every sort are spoilt and given to every reader, to the pages, and to the restoration of a backup."""

import os
import re
from pathlib import Path

from bench.reliability.tested import ByTests, tried

NODES = (
    "tests/budgets/readers/test_spoilt_files.py",
    "tests/disclosure/checkup/test_spoilt_documents.py",
    "tests/disclosure/intake/test_spoilt_uploads.py",
    "tests/disclosure/test_spoilt_attachments.py",
    "tests/keeping/test_spoilt_backups.py",
)
EACH = "500"
"""How many of a sort; a page, which costs more, is asked a twentieth of that."""
SPOILT = re.compile(r"；?spoilt: [^；]*?\{([^}]*)\}")


def measure(_folder: Path) -> str:
    """Say how many files were spoilt, and whether any test of what came of them failed."""
    asked = {"SPOILT": os.environ.get("BENCH_SPOILT", EACH)}
    said = tried(ByTests(NODES, r"spoilt: .*", asked))
    sorts = SPOILT.findall(said)
    files = sum(int(count) for sort in sorts for count in re.findall(r": (\d+)", sort))
    return f"{len(sorts)}种{files:,}份损坏的文件；{SPOILT.sub('', said)}"
