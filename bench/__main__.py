"""Runs the named benchmarks on a database of their own, all of them where none is named."""

import os
import sys
from importlib import import_module

import django

BENCHMARKS = ("audit", "intake", "tables")


def main(names: list[str]) -> None:
    """Set up a database, run each benchmark, print its ratio."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"没有这样的测量：{'、'.join(unknown)}。可选：{'、'.join(BENCHMARKS)}。")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    django.setup()
    from django.db import connection

    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        for benchmark in names or BENCHMARKS:
            print(import_module(f"bench.{benchmark}").measure())
    finally:
        connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    main(sys.argv[1:])
