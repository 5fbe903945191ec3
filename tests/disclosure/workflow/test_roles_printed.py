"""docs/roles.md prints which role may take which act in which state, as the workflow knows it."""

from pathlib import Path

from budgets.enums import Role
from disclosure.enums import Act, Status
from disclosure.moves import MOVES, roles_of

PAGE = Path(__file__).parents[3] / "docs" / "roles.md"
WORKING = tuple(role for role in Role if any(role in move.roles for move in MOVES.values()))


def states(role: Role, act: Act) -> str:
    """Name the states in which a role may take an act."""
    found = [state for state in MOVES[act].starts if role in roles_of(act, state)]
    return "任何状态" if found == list(Status) else "、".join(state.label for state in found)


def ways() -> str:
    """Print the table of docs/roles.md."""
    lines = [
        "| 办理 | " + " | ".join(role.label for role in WORKING) + " |",
        "|---|" + "---|" * len(WORKING),
        *("| " + " | ".join([act.label, *(states(role, act) for role in WORKING)]) + " |" for act in Act),
    ]
    return "\n".join(lines) + "\n"


def test_the_ways_in_the_docs_are_those_in_force():
    assert f"\n\n{ways()}\n" in PAGE.read_text(encoding="utf-8")


def test_a_role_that_takes_no_act_has_no_column():
    assert [role.label for role in Role if role not in WORKING] == ["审计员", "系统管理员", "安全管理员", "审计管理员"]
