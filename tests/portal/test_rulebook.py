"""The public catalogue is the registry's, at /rules/ and in docs/rules.md."""

import re
from pathlib import Path

from django.urls import reverse

from disclosure.audit import RULES
from disclosure.audit.rulebook import CHECKLIST, written

DOCS = Path(__file__).parents[2] / "docs" / "rules.md"


def test_the_rules_in_the_docs_are_those_in_force(request):
    if request.config.getoption("--refresh-golden"):
        DOCS.write_text(written(), encoding="utf-8")

    assert DOCS.read_text(encoding="utf-8") == written()


def test_every_rule_is_listed_with_its_sentence(client, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = client.get(reverse("rules")).content.decode()

    assert [rule.code for rule in RULES.values() if f'id="{rule.code}"' not in page] == []
    assert "T1.1" in page


def test_the_checklist_names_rules_that_exist():
    named = {code for item in CHECKLIST for code in re.findall(r"[A-Z]\d+(?:\.\d+)?", item.kept_by)}

    assert [item.code for item in CHECKLIST] == [f"K{number:02}" for number in range(1, 13)]
    assert named - RULES.keys() <= {"A07", "A09", "A12", "C05"}
