"""Our own documents, printed in any layout and read back from the paper, show no wrong figures."""

import pytest

from disclosure.checkup.report import check_file
from disclosure.document import Document
from disclosure.layouts import LAYOUTS
from disclosure.models import Disclosure
from disclosure.render import pdf
from disclosure.sample.government import Plan, make_government


@pytest.fixture
def invented(disclosure):
    """A department of an invented government, with funds and income of its own."""
    make_government(Plan(departments=2, years=1, seed=2, units=3, lines=60))
    return Disclosure.objects.exclude(pk=disclosure.pk).filter(unit=None)[1]


def read_back(disclosure, layout):
    return check_file("a.pdf", pdf.render(Document.of(disclosure, LAYOUTS[layout])))


@pytest.mark.parametrize("layout", list(LAYOUTS))
def test_an_invented_department_reads_back_without_wrong_figures(invented, layout):
    found = read_back(invented, layout)

    assert [said for said in found.findings if said.rule[0] in "TX"] == []
    assert {"T1.5", "T2.3", "T3.3", "T4.5", "T5.3", "T8.3", "T11.1", "X1", "X2", "X3", "X4", "X5"} <= set(found.passed)


def test_the_sample_reads_back_in_the_other_layout(disclosure):
    found = read_back(disclosure, "national")

    assert {"T11.1", "X13"} <= set(found.passed)
    assert [said for said in found.findings if said.rule[0] in "TX"] == []
