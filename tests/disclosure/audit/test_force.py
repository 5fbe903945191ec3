"""The years in which a rule is in force, both ends among them."""

from types import SimpleNamespace

import pytest

from disclosure.audit.base import Family, Force, Rule, Severity

RULE = Rule(
    "Z1", Family.PROSE, Severity.ERROR, "一句话。", lambda _document: iter(()), (), Force(2020, 2022, ("hebei",))
)


def reasons(year: int, layout: str = "hebei") -> list[str]:
    """Return why the rule does not apply to a document of a year; nothing where it does."""
    document = SimpleNamespace(content=SimpleNamespace(year=year, layout=layout))
    return [outcome.reason for outcome in RULE.outcomes(document)]


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2019, ["自2020年预算起适用"]), (2020, []), (2022, []), (2023, ["适用到2022年预算为止"])],
)
def test_a_rule_is_in_force_from_its_first_year_to_its_last(year, expected):
    assert reasons(year) == expected


def test_a_rule_of_one_layout_is_not_in_force_in_another():
    assert reasons(2021, "national") == ["不适用于本版式（national）"]


@pytest.mark.parametrize(
    ("force", "said"),
    [
        (Force(), "各年度各版式"),
        (Force(since=2020), "2020年起"),
        (Force(until=2022), "到2022年止"),
        (Force(2020, 2022, ("hebei",)), "2020年起到2022年止，hebei"),
    ],
)
def test_the_catalogue_says_when_a_rule_is_in_force(force, said):
    assert force.words == said
