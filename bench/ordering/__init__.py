"""How many runs of the tests in an order of chance end otherwise than they should.

The first run is of all tests that need no browser, and notes how long each took. The others are of those that took at
most half a second, more than four fifths of them: what leans on what another test left behind shows among these, and
twenty runs of everything would take a day. No test is tried a second time.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import SystemRandom

ROOT = Path(__file__).parents[2]
RUNS = 20
FAILED = re.compile(r"^(?:FAILED|ERROR) (\S+)", re.MULTILINE)
COUNTED = re.compile(r"^(?:\d+ \w+(?:, )?)+ in .*$", re.MULTILINE)


def measure(runs: int = RUNS) -> Iterator[str]:
    """Yield each run: its seed, how many passed, how long it took, and what failed.

    ``BENCH_TIMES`` names a file of times from an earlier first run, which is then left out.
    """
    kept = os.environ.get("BENCH_TIMES", "")
    with tempfile.TemporaryDirectory() as folder:
        times = Path(kept or f"{folder}/times.json")
        flakes = 0
        for number in range(runs):
            said, failed = _run(times, Path(folder))
            flakes += bool(failed)
            yield f"order {number + 1}/{runs}: {said}"
        yield f"order: {flakes} of {runs} runs in an order of chance ended otherwise than they should"


def _run(times: Path, folder: Path) -> tuple[str, list[str]]:
    """Run the tests once; return what is to be said of it, and what failed."""
    seed, begun = SystemRandom().randrange(2**31), time.monotonic()
    which = "quick" if times.exists() else "all"
    asked = ["-n2", "--dist", "loadgroup", "-m", "not browser", "-p", "no:cacheprovider"]
    done = subprocess.run(  # noqa: S603 our own tests
        [sys.executable, "-m", "pytest", *asked, "-p", "bench.ordering.quick", f"--randomly-seed={seed}"],
        cwd=ROOT,
        env={**os.environ, "TEST_TIMES": str(times), "VAR_DIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    failed = FAILED.findall(done.stdout)
    counted = COUNTED.findall(done.stdout)
    end = counted[-1] if counted else f"no end: {done.stdout[-300:]}{done.stderr[-300:]}"
    if done.returncode and not failed:
        failed.append(f"exit {done.returncode}")
    told = f"{which}, seed {seed}: {end} {' '.join(failed)}".rstrip()
    return f"{told}, {time.monotonic() - begun:.0f} s", failed
