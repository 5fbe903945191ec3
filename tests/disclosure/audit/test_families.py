"""The rules beyond the identities: each passes on a right document, each finds its fault; no false alarm."""

import sys
from pathlib import Path

import faults
import faults_goals
import faults_prose
import faults_publication
import faults_words
import pytest
from faults import spoiled

from disclosure.audit import RULES, run

FAMILIES = (faults_prose, faults_goals, faults_words, faults_publication)
FAULTS = {code: fault for family in FAMILIES for code, fault in family.FAULTS.items()}
JUDGED_APART = ("P01", "P02")
"""Generated documents change from year to year: tests of their own show these rules pass."""
OTHERS = [code for code in RULES if code[0] not in "TX"]


MATRIX = Path(__file__).parents[2] / "golden" / "faults.md"


def expected(base):
    """Return the codes a right document is known to be found with."""
    return {code for family in FAMILIES for code in family.EXPECTED.get(base, ())}


def test_every_rule_has_its_fault():
    assert FAULTS.keys() == set(OTHERS)


def test_the_right_documents_have_the_expected_findings_and_no_error(bases):
    found = {key: run(document, OTHERS) for key, document in bases.items()}

    assert {key: report.errors for key, report in found.items()} == dict.fromkeys(bases, ())
    assert {key: {one.code for one in report.findings} for key, report in found.items()} == {
        key: expected(key) for key in bases
    }


@pytest.mark.parametrize("code", FAULTS)
def test_a_rule_passes_on_a_right_document(bases, code):
    around = FAULTS[code].around
    passing = [key for key, document in bases.items() if run(document, [code]).passed == [code]]

    assert passing or around or code in JUDGED_APART


@pytest.mark.parametrize("code", FAULTS)
def test_a_fault_is_found_by_its_rule_and_by_no_other(bases, code):
    fault = FAULTS[code]

    known = expected(fault.base)
    if fault.edits:
        known |= {finding.code for finding in run(spoiled(bases[fault.base], **fault.around), OTHERS).findings}
    report = run(spoiled(bases[fault.base], *fault.edits, **fault.around), OTHERS)

    assert code in {finding.code for finding in report.findings}
    assert {finding.code for finding in report.findings} - known - {code} == set(fault.also)
    assert all(finding.message.endswith("。") for finding in report.findings)


def test_which_rules_find_which_fault_is_reviewed(bases, request):
    """Print the matrix: each rule's fault, and who else speaks of the same fact."""
    clean = {base: {finding.code for finding in run(document).findings} for base, document in bases.items()}
    rows = ["| 规则 | 错在 | 同时发现的规则 |", "|---|---|---|"]
    missed = []
    for code, fault in {**faults.FAULTS, **FAULTS}.items():
        report = run(spoiled(bases[fault.base], *fault.edits, **fault.around))
        found = {finding.code for finding in report.findings}
        missed += [code] * (code not in found)
        rows.append(f"| {code} | {fault.base} | {'、'.join(sorted(found - clean[fault.base] - {code}))} |")
    text = "\n".join(rows) + "\n"
    sys.stdout.write(text)

    assert missed == []
    if request.config.getoption("--refresh-golden"):
        MATRIX.write_text(text, encoding="utf-8")
    assert MATRIX.read_text(encoding="utf-8") == text
