"""Here the sample's draft is open for its next edition, with every warning explained."""

import pytest
from walking import REASON, crew_of, opened

from budgets.enums import Role
from disclosure.judgement import explain, judge
from disclosure.models import Disclosure


@pytest.fixture
def disclosure(disclosure) -> Disclosure:
    """The sample's draft, opened by a correction and checked."""
    draft = opened(disclosure)
    for item in judge(draft).unexplained:
        explain(draft, item.said.fingerprint, by=crew_of(draft)[Role.CLERK], reason=REASON)
    return draft
