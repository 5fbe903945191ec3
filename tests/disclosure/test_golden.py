"""The whole content of the sample in every layout, and of one of its units, reviewed as a diff when it changes."""

import json
from pathlib import Path

from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure

FOLDER = Path(__file__).parents[1] / "golden"


def same(document: Document, name: str, pytestconfig) -> bool:
    """Compare with the golden file, or write it anew."""
    content = json.dumps(json.loads(document.canonical), ensure_ascii=False, sort_keys=True, indent=1) + "\n"
    golden = FOLDER / name
    if pytestconfig.getoption("--refresh-golden"):
        golden.write_text(content, encoding="utf-8")
    return golden.read_text(encoding="utf-8") == content


def test_the_content_is_the_golden_one(document, pytestconfig):
    assert same(document, "shanhaiguan-2022.json", pytestconfig)


def test_the_content_in_the_central_form_is_the_golden_one(disclosure, pytestconfig):
    assert same(Document.of(disclosure, LAYOUTS["national"]), "shanhaiguan-2022-national.json", pytestconfig)


def test_the_content_of_a_unit_is_the_golden_one(disclosure, pytestconfig):
    first = disclosure.budget.department.units.get(code="203001")
    own = Disclosure.objects.create(budget=disclosure.budget, unit=first)
    own.narratives.create(key="duties", text="承办区委组织部机关日常工作。")
    own.empty_tables.create(table="fund_expenditure", reason="{年度}年未安排")

    assert same(Document.of(own), "shanhaiguan-2022-203001.json", pytestconfig)
