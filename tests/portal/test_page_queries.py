"""Every sort of public page answers in the same number of queries, however many departments and years there are."""

import pytest
from addresses import IN_PUBLIC
from django.db import transaction

from bench.pages import addresses, timed
from disclosure.sample.government import Plan, make_government, publish_quickly

pytestmark = pytest.mark.timeout(900)
"""Publishing takes a busy machine minutes."""
QUERIES = {
    "home": 1,
    "government": 7,
    "year": 8,
    "disclosure": 13,
    "unit": 9,
    "edition": 10,
    "changes": 3,
    "project": 9,
    "three_public": 14,
    "three_public_csv": 3,
    "compare": 11,
    "glossary": 1,
    "rules": 0,
    "verify": 0,
    "verified": 1,
    "search": 4,
    "document": 2,
    "table": 3,
    "items functions": 7,
    "item functions": 13,
    "items economics": 7,
    "item economics": 12,
    "items sources": 7,
    "item sources": 10,
}
"""What each takes; a number that grows with the government is a fault, a smaller one welcome."""


@pytest.fixture(scope="module")
def governments(django_db_setup, django_db_blocker):
    """A small government and a larger one, published once for all tests of this module."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = [make_government(Plan(number, years=2, seed=number, units=2)) for number in (2, 4)]
        for government in made:
            publish_quickly(government, units=1)
        yield made
        transaction.set_rollback(True)


def test_a_page_takes_the_same_queries_for_a_small_and_a_larger_government(governments, db):
    small, larger = (
        {sort: timed(address, rounds=1)[0] for sort, address in addresses(one).items()} for one in governments
    )

    assert small == larger == QUERIES


def test_every_sort_of_page_is_measured(governments, db):
    measured = {sort.split()[0] for sort in addresses(governments[0])}
    downloads = {"three_public_csv", "document", "table", "unit"}

    assert measured - downloads == set(IN_PUBLIC) - {"archived", "phase"}
