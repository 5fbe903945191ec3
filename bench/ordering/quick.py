"""A plugin of pytest: notes how long each test takes, or leaves out those that took over half a second before."""

import json
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

TIMES = Path(os.environ["TEST_TIMES"])
QUICK = 0.5
"""Seconds, with what is set up for it alone."""


class Noting:
    """Adds up what each test takes, and writes it down at the end."""

    def __init__(self) -> None:
        self.took: Counter[str] = Counter()

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Add up one part of a test."""
        self.took[report.nodeid.partition("@")[0]] += report.duration

    def pytest_sessionfinish(self) -> None:
        """Write it down."""
        TIMES.write_text(json.dumps(self.took), encoding="utf-8")


def pytest_configure(config: pytest.Config) -> None:
    """Note the times where there are none yet."""
    if not TIMES.exists() and not hasattr(config, "workerinput"):
        config.pluginmanager.register(Noting(), "noting")


def pytest_collection_modifyitems(config: pytest.Config, items: list[Any]) -> None:
    """Leave out what is slow."""
    if not TIMES.exists():
        return
    took = json.loads(TIMES.read_text(encoding="utf-8"))
    slow = [one for one in items if took.get(one.nodeid.partition("@")[0], 0) > QUICK]
    items[:] = [one for one in items if one not in set(slow)]
    config.hook.pytest_deselected(items=slow)
