"""Runs the named benchmarks on a database of their own, all of them where none is named."""

import os
import sys
import tempfile
from importlib import import_module
from typing import Any

import django

BENCHMARKS = {
    "api": "api",
    "audit": "audit",
    "export": "exporting",
    "growth": "growth",
    "import": "importing",
    "mutation": "mutation",
    "order": "ordering",
    "pages": "pages",
    "pdf": "pdf",
    "reliability": "reliability",
    "search": "search",
    "serve": "serving",
    "tables": "tables",
}
"""Each name, with its module; a number after the names is the size, for those that have one."""
SIZED = {"api", "export", "growth", "mutation", "order", "pages", "pdf", "reliability", "search"}


def main(names: list[str]) -> None:
    """Set up a database, run each benchmark, print its ratio."""
    sizes = [int(name) for name in names if name.isdecimal()]
    names = [name for name in names if not name.isdecimal()]
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"没有这样的测量：{'、'.join(unknown)}。可选：{'、'.join(BENCHMARKS)}。")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    os.environ.setdefault("RATE_LIMITS", "no")  # what asks five thousand times a minute is no reader
    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:  # children of a benchmark open it too, so that it cannot be in memory
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3"
        _run(connection, name, {one: sizes if one in SIZED else [] for one in names or BENCHMARKS})


def _run(connection: Any, name: str, sizes: dict[str, list[int]]) -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for benchmark, size in sizes.items():
            said = import_module(f"bench.{BENCHMARKS[benchmark]}").measure(*size)
            for line in [said] if isinstance(said, str) else said:
                print(line, flush=True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
