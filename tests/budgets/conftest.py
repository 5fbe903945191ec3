"""Here the sample's draft is open for its next edition: what is tested is filling in."""

import pytest
from walking import opened

from disclosure.models import Disclosure


@pytest.fixture
def disclosure(disclosure) -> Disclosure:
    """The sample's draft, opened by a correction."""
    return opened(disclosure)
