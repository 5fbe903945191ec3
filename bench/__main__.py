"""Runs the named benchmarks on a database of their own, all of them where none is named."""

import os
import sys
import tempfile
from importlib import import_module
from typing import Any

import django

BENCHMARKS = {"audit": "audit", "import": "importing", "pdf": "pdf", "tables": "tables"}
"""Each name, with its module."""


def main(arguments: list[str]) -> None:
    """Set up a database, run each benchmark, print its ratio; a number after “pdf” is how many documents it draws."""
    names = [argument for argument in arguments if not argument.isdigit()]
    numbers = [int(argument) for argument in arguments if argument.isdigit()]
    if numbers and (names != ["pdf"] or len(numbers) > 1 or not numbers[0]):
        sys.exit("只有 pdf 可以带一个数（份数，至少1），例如：python -m bench pdf 20。")
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"没有这样的测量：{'、'.join(unknown)}。可选：{'、'.join(BENCHMARKS)}。")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    with tempfile.TemporaryDirectory() as folder:  # children of a benchmark open it too, so that it cannot be in memory
        if connection.vendor == "sqlite":
            connection.settings_dict["TEST"]["NAME"] = f"{folder}/bench.sqlite3"
        _run(connection, name, names or list(BENCHMARKS), numbers)


def _run(connection: Any, name: str, names: list[str], numbers: list[int]) -> None:
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for benchmark in names:
            said = import_module(f"bench.{BENCHMARKS[benchmark]}").measure(*numbers)
            for line in [said] if isinstance(said, str) else said:
                print(line, flush=True)
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
