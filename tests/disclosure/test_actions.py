"""Whatever is written into the trail is told in Chinese there: every act that the code writes has its words."""

import ast
import re
from pathlib import Path

import pytest

from budgets.models import AuditTrail
from budgets.models.trail import ACTIONS
from disclosure.enums import Act
from disclosure.evidence.period import HANDED_OUT

ROOT = Path(__file__).parents[2]
PACKAGES = ("budgets", "performance", "disclosure", "portal")
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
CHOSEN = {
    "HANDED_OUT": {HANDED_OUT},
    "step.act": set(Act),
    "Act.WITHDRAW": {Act.WITHDRAW},
    "act": {"close_account", "reopen_account", "waive", "explain"},
    "action": {"add", "change", "delete"},
}
"""What is handed over under a name, where the code does not say the word on the spot."""


def written() -> set[str]:
    """Collect the first argument of every call that writes into the trail."""
    found = set()
    for path in (path for package in PACKAGES for path in (ROOT / package).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("AuditTrail.append"):
                first = node.args[0]
                constant = isinstance(first, ast.Constant)
                found |= {first.value} if constant else CHOSEN[ast.unparse(first)]
    return found


def test_every_act_that_is_written_has_its_words():
    acts = written()

    assert len(acts) > 30
    assert {act for act in acts if not CHINESE.search(ACTIONS.get(act, act))} == set()


def test_no_two_acts_are_called_alike():
    assert len(set(ACTIONS.values())) == len(ACTIONS)


@pytest.mark.parametrize(("act", "words"), [("sign_manifest", "国密签名"), ("submit", "提交审核"), ("remind", "催办")])
def test_a_row_of_the_trail_says_its_words(db, act, words):
    assert AuditTrail.append(act, "某事", by=None).action_name == words
