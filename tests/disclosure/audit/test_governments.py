"""Governments of chance, 200 in a whole run: no error in any document; what else is found is counted and reviewed."""

import json
from collections import Counter
from pathlib import Path

import pytest
from depth import times
from django.db import connection

from disclosure.audit import run
from disclosure.document import Document
from disclosure.models import Disclosure
from disclosure.sample.government import Plan, make_government

GOLDEN = Path(__file__).parents[2] / "golden" / "findings-of-governments.json"
SEEDS = 200
PARTS = 8
"""Governments are judged in so many tests, that two processes share them; refresh the file with one process."""
JUDGED = times(PARTS, 3) if connection.vendor == "sqlite" else 1
"""A Document is the same on both engines (test_government): PostgreSQL judges an eighth of them."""


@pytest.mark.parametrize("part", range(JUDGED))
def test_no_government_of_chance_has_an_error_and_other_findings_are_the_reviewed_ones(db, request, part):
    found, documents, errors = Counter(), 0, []
    for seed in range(1000 + part, 1000 + SEEDS, PARTS):
        government = make_government(Plan(departments=1, years=1, seed=seed, units=1 + seed % 3))
        for draft in Disclosure.objects.filter(budget__fiscal_year__government=government):
            documents += 1
            report = run(Document.of(draft))
            found.update({finding.code for finding in report.findings})
            errors += [(seed, str(draft), finding.code, finding.message) for finding in report.errors]

    assert errors == []
    reviewed = json.loads(GOLDEN.read_text(encoding="utf-8")) if GOLDEN.exists() else {}
    if request.config.getoption("--refresh-golden"):
        reviewed[str(part)] = {"documents": documents, "found": dict(sorted(found.items()))}
        GOLDEN.write_text(json.dumps(reviewed, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    assert reviewed[str(part)] == {"documents": documents, "found": dict(found)}
