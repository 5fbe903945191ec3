"""The page for administrators names what there is: every command, every file, every setting."""

import re

from django.core.management import get_commands
from drills import ROOT

TEXT = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
OWN = {name for name, app in get_commands().items() if app in {"budgets", "performance", "disclosure", "portal"}}


def test_every_command_that_is_named_exists():
    named = set(re.findall(r"manage\.py ([a-z_]+)", TEXT))

    assert named
    assert named - set(get_commands()) == set()


def test_every_command_of_ours_is_named():
    assert len(OWN) > 20
    assert {name for name in OWN if not re.search(rf"\b{name}\b", TEXT)} == set()


def test_every_file_that_is_named_exists():
    named = set(re.findall(r"`((?:docs|tests)/[\w./-]+[\w/])`", TEXT))

    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_the_units_run_what_exists():
    lines = [line for path in (ROOT / "docs" / "deploy").glob("*.service") for line in path.read_text().splitlines()]
    ran = {found[1] for line in lines if (found := re.search(r"manage\.py (\w+)", line))}

    assert ran == {"publish_due", "send_notices", "sweep_files", "backup", "verify_trail", "render_worker"}
    assert {path.stem for path in (ROOT / "docs" / "deploy").glob("*.timer")} == {
        path.stem for path in (ROOT / "docs" / "deploy").glob("*-*.service") if "@" not in path.stem
    }
