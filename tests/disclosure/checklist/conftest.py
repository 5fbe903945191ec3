"""Here the sample's draft is open for its next edition, with every warning explained."""

import pytest
from walking import REASON, crew_of, opened

from budgets.enums import Role
from disclosure.models import Disclosure
from disclosure.sample.crew import explain_all


@pytest.fixture
def disclosure(disclosure) -> Disclosure:
    """The sample's draft, opened by a correction and checked."""
    draft = opened(disclosure)
    explain_all(draft, by=crew_of(draft)[Role.CLERK], reason=REASON)
    return draft
