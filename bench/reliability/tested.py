"""Rows that tests of the project try: run again here, and what they printed or counted is said."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from xml.etree import ElementTree as ET

ROOT = Path(__file__).parents[2]


class ByTests(NamedTuple):
    """Tests that try a promise, and a pattern of what they print that is worth saying."""

    nodes: tuple[str, ...]
    says: str = ""
    environment: Mapping[str, str] = MappingProxyType({})


def tried(tested: ByTests) -> str:
    """Run the tests, and say how many passed and what they printed."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        asked = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", f"--junitxml={report}"]
        inherited = {**os.environ, "VAR_DIR": folder, "WHOLE": "yes", **tested.environment}
        done = subprocess.run(  # noqa: S603 our own tests
            [*asked, "-o", "junit_logging=system-out", "-o", "junit_family=xunit1", *tested.nodes],
            cwd=ROOT, env=inherited, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not report.exists():
            return f"没有测成：{done.stderr[-200:]}"
        (suite,) = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 written by pytest just now
    said = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = said["failures"] + said["errors"]
    words = "\n".join(filter(None, (done.stdout, *(one.text for one in suite.iter("system-out")))))
    found = [one.group(0).strip() for one in re.finditer(tested.says, words)] if tested.says else []
    printed = f"；{'；'.join(found)}" if found else ""
    return f"{said['tests'] - failed - said['skipped']}项测试通过，{failed}项不通过{printed}"
