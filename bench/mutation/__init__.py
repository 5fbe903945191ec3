"""How many wrong changes of a rule, an amount or a step of the workflow the tests find out.

Our own and small, because what there is does not fit: mutmut and cosmic-ray start the tests anew for every change, and
ours need half a minute to publish the sample first. Here pytest starts once for an area, runs its tests while it notes
which line each of them reaches, and then forks for every change: the fork swaps the code of the functions it has loaded
and runs only the tests that reach the line, until one fails. Nothing is written to the tree, so that it can neither be
left changed nor be read changed by somebody else.

What it does not do: change what is worked out when a module is loaded (constants, tables, patterns), or words.
The changes are a sample, drawn the same way each time; the size is per area.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.mutation.areas import AREAS
from bench.mutation.equivalent import EQUIVALENT
from bench.mutation.mutants import mutants

ROOT = Path(__file__).parents[2]
SAMPLE = 60


def measure(size: int = SAMPLE) -> Iterator[str]:
    """Yield for each area how many changes were tried and found out, and each that was not."""
    for area in asked():
        found = tried(area, size)
        yield _said(area, found)
        yield from (f"  没有查出：{one['what']}" for one in found if one["end"] == "survived" and not equivalent(one))


def row(_folder: Path) -> str:
    """Say the score of each area in a line of the scoreboard."""
    return "；".join(_said(area, tried(area, SAMPLE)) for area in asked())


def asked() -> list[str]:
    """Name the areas to be tried; ``BENCH_AREAS`` leaves some out."""
    wanted = os.environ.get("BENCH_AREAS", "").split()
    return [area for area in AREAS if not wanted or area in wanted]


def tried(area: str, size: int) -> list[dict[str, Any]]:
    """Try so many changes in an area, each in a fork of one run of its tests."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder) / "told.jsonl"
        known = {"MUTATION_AREA": area, "MUTATION_SIZE": str(size), "MUTATION_TOLD": str(told), "VAR_DIR": folder}
        asked_for = ["-q", "-s", "-n0", "-p", "no:cacheprovider", "-p", "bench.mutation.plugin", "--timeout=300"]
        done = subprocess.run(  # noqa: S603 our own tests
            [sys.executable, "-m", "pytest", *asked_for, *AREAS[area].tests],
            cwd=ROOT, env={**os.environ, **known}, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if not told.exists():
            message = f"没有测成：{done.stdout[-600:]}{done.stderr[-600:]}"
            raise RuntimeError(message)
        return [json.loads(line) for line in told.read_text().splitlines()]


def equivalent(one: dict[str, Any]) -> bool:
    """Tell whether somebody has looked at a change and found that it changes nothing."""
    return one["what"] in EQUIVALENT


def _said(area: str, found: list[dict[str, Any]]) -> str:
    killed = sum(one["end"] == "killed" for one in found)
    same = sum(one["end"] == "survived" and equivalent(one) for one in found)
    told = len(found) - same
    score = killed * 100 // told if told else 0
    name, there = AREAS[area].name, sum(len(mutants(path, ROOT)) for path in AREAS[area].paths)
    ends = f"查出{killed}处，没有查出{told - killed}处，其余{same}处改了也一样"
    return f"{name}：{there}处中改坏{len(found)}处，{ends}，{score}%"
