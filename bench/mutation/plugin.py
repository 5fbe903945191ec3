"""A plugin of pytest: runs the tests once, then forks for every change and runs those that reach its line."""

import functools
import gc
import json
import os
import random
import select
import signal
import time
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import coverage
import pytest

from bench.mutation.areas import AREAS, ROOT
from bench.mutation.mutants import Mutant, changed, mutants

LONGEST = 150
"""Seconds for one change; one that takes longer is counted as not found out."""
PATIENCE = 20
"""Seconds for one test with a change in place; circles without end are found out by it."""
Line = tuple[str, int]


class _Nothing:
    """What comes after the last test: only what belongs to the whole session stays in place."""

    def __init__(self, session: pytest.Session) -> None:
        self.session = session

    def listchain(self) -> list[Any]:
        """Keep the session."""
        return [self.session]


class Mutating:
    """Runs the tests in its own way."""

    def __init__(self) -> None:
        self.area = AREAS[os.environ["MUTATION_AREA"]]
        self.failed = False
        self.repeating: dict[Any, bool] = {}
        self.tests: dict[Line, list[tuple[float, Any]]] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Note that something failed."""
        self.failed = self.failed or report.failed

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run everything once, then each change."""
        for item in [item for item in session.items if "db" in item.fixturenames][:1]:
            self._run(session, item)  # publishes the sample, which nobody need watch
        self._follow(session)
        with Path(os.environ["MUTATION_TOLD"]).open("w", encoding="utf-8") as told:
            for one in self._sample():
                begun = time.monotonic()
                end = self._tried(session, one)
                said = {"what": one.what, "end": end, "seconds": round(time.monotonic() - begun, 1)}
                told.write(json.dumps(said, ensure_ascii=False) + "\n")
                told.flush()
        return True

    def _follow(self, session: pytest.Session) -> None:
        """Run each test, and note which lines of the modules it reaches, and how long it takes."""
        followed = coverage.Coverage(data_file=None, config_file=False, include=[str(path) for path in self.area.paths])
        took: dict[str, float] = {}
        followed.start()
        for number, item in enumerate(session.items):
            self.failed, begun = False, time.monotonic()
            followed.switch_context(str(number))
            self._run(session, item)
            if not self.failed:
                took[str(number)] = time.monotonic() - begun
        followed.stop()
        for path in followed.get_data().measured_files():
            for line, tests in followed.get_data().contexts_by_lineno(path).items():
                self.tests[path, line] = [(took[one], session.items[int(one)]) for one in tests if one in took]

    def _run(self, session: pytest.Session, item: Any) -> None:
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=_Nothing(session))

    def _sample(self) -> list[Mutant]:
        """Draw the changes, the same ones each time."""
        found = [one for path in self.area.paths for one in mutants(path, ROOT)]
        random.Random(self.area.name).shuffle(found)  # noqa: S311 repeatable, not secret
        return found[: int(os.environ["MUTATION_SIZE"])]

    def _tried(self, session: pytest.Session, mutant: Mutant) -> str:
        """Say whether a test that reaches the line fails; the quickest are asked first."""
        items = next(filter(None, (self._reaching(mutant.path, lines) for lines in mutant.lines)), [])
        while (failed := self._first_failing(session, mutant, items)) is not None:
            if self._repeats(session, items[failed]):
                return "killed"
            items = items[failed + 1 :]
        return "survived"

    def _repeats(self, session: pytest.Session, item: Any) -> bool:
        """Tell whether a test passes in a fork where nothing is changed; if not, its failing says nothing."""
        if item not in self.repeating:
            self.repeating[item] = self._first_failing(session, None, [item]) is None
        return self.repeating[item]

    def _reaching(self, path: Path, lines: range) -> list[Any]:
        found = {item: took for line in lines for took, item in self.tests.get((str(path), line), ())}
        return sorted(found, key=lambda item: found[item])

    def _first_failing(self, session: pytest.Session, mutant: Mutant | None, items: list[Any]) -> int | None:
        """Return which test fails first in a fork with the change; None where none does, or it takes too long."""
        if not items:
            return None
        inward, outward = os.pipe()
        process = os.fork()
        if not process:
            self._apart(session, mutant, items, outward)
        os.close(outward)
        return _answer(process, inward)

    def _apart(self, session: pytest.Session, mutant: Mutant | None, items: list[Any], outward: int) -> None:
        number = 0
        try:
            quiet = os.open(os.devnull, os.O_WRONLY)
            os.dup2(quiet, 1)
            os.dup2(quiet, 2)
            self.failed, session.config._env_timeout = False, PATIENCE  # type: ignore[attr-defined]
            if mutant:
                _put(changed(mutant))
            for number, item in enumerate(items):  # noqa: B007 told below
                self._run(session, item)
                if self.failed:
                    break
        except BaseException:  # noqa: BLE001 whatever a change brings about is its being found out
            self.failed = True
        finally:
            os.write(outward, str(number if self.failed else "").encode() or b"-")
            os._exit(0)


def _answer(process: int, inward: int) -> int | None:
    """Wait for what a fork has to say; one that says nothing in time is ended."""
    ready, _, _ = select.select([inward], [], [], LONGEST)
    said = os.read(inward, 20) if ready else b"-"
    if not ready:
        os.kill(process, signal.SIGKILL)
    os.waitpid(process, 0)
    os.close(inward)
    return None if said == b"-" else int(said or 0)


def _put(module: CodeType) -> None:
    """Give every function that was loaded from the module its changed code, and forget what was remembered."""
    codes = {(one.co_qualname, one.co_firstlineno): one for one in _codes(module)}
    for thing in gc.get_objects():
        if isinstance(thing, FunctionType) and thing.__code__.co_filename == module.co_filename:
            code = codes.get((thing.__code__.co_qualname, thing.__code__.co_firstlineno))
            if code is not None and code.co_freevars == thing.__code__.co_freevars:
                thing.__code__ = code
        elif isinstance(thing, functools._lru_cache_wrapper) and thing.__module__.startswith(("budgets", "disclosure")):
            thing.cache_clear()


def _codes(code: CodeType) -> list[CodeType]:
    return [code, *(inner for one in code.co_consts if isinstance(one, CodeType) for inner in _codes(one))]


def pytest_configure(config: pytest.Config) -> None:
    """Take the tests over."""
    config.pluginmanager.register(Mutating(), "mutating")
