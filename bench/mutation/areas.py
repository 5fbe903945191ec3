"""What is changed, and which tests are to find it out."""

from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
WORKFLOW = "tests/disclosure/workflow"
SCARCE = (
    "at_once",
    "two_clerks",
    "any_order",
    "render_editions",
    "signed",
    "roles_printed",
    "no_other_way",
    "governments",
)
"""Tests that start other processes, wait for each other, or walk through everything: a fork cannot repeat them."""


class Area(NamedTuple):
    """Modules by pattern, and the tests of them."""

    name: str
    modules: tuple[str, ...]
    tests: tuple[str, ...]

    @property
    def paths(self) -> list[Path]:
        """The modules' files."""
        return sorted({path for pattern in self.modules for path in ROOT.glob(pattern)})


def _tests(folder: str) -> tuple[str, ...]:
    found = sorted(path for path in (ROOT / folder).glob("test_*.py") if not any(one in path.name for one in SCARCE))
    return tuple(str(path.relative_to(ROOT)) for path in found)


AREAS = {
    "money": Area(
        "金额",
        ("budgets/money.py", "budgets/sums.py", "budgets/readers/figures.py"),
        (
            "tests/budgets/test_money.py",
            "tests/budgets/test_figures.py",
            "tests/budgets/test_querysets.py",
            "tests/budgets/readers/test_written_figures.py",
            "tests/budgets/models/test_constraints.py",
            "tests/disclosure/tables/test_tables.py",
        ),
    ),
    "rules": Area("规则", ("disclosure/audit/*.py",), _tests("tests/disclosure/audit")),
    "workflow": Area(
        "流程",
        ("disclosure/moves.py", "disclosure/workflow/*.py"),
        (
            *_tests(WORKFLOW),
            "tests/disclosure/test_workflow.py",
            "tests/disclosure/test_approving.py",
            "tests/disclosure/test_actions.py",
            "tests/disclosure/test_sweeping.py",
        ),
    ),
}
