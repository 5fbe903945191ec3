"""What is read as a share of the spending plan, and what is none."""

from decimal import Decimal

import pytest

from disclosure.audit.goals_plan import share


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("25%", 25),
        (" 25.5％ ", Decimal("25.5")),
        ("0", 0),
        ("NaN", None),
        ("Infinity%", None),
        ("", None),
        (None, None),
    ],
)
def test_a_share_is_a_number_that_can_be_compared(text, expected):
    assert share(text) == expected
