"""Every sort of public page answers in the same number of queries, however many departments and years there are."""

import pytest
from addresses import IN_PUBLIC
from django.db import transaction

from bench.pages import addresses, timed
from disclosure.sample.government import Plan, make_government, publish_quickly

pytestmark = pytest.mark.timeout(900)
"""Publishing takes a busy machine minutes."""
QUERIES = {
    "home": 2,
    "area": 2,
    "area_found": 2,
    "government": 8,
    "year": 9,
    "disclosure": 14,
    "unit": 10,
    "edition": 12,
    "changes": 4,
    "project": 10,
    "three_public": 15,
    "three_public_csv": 3,
    "compare": 12,
    "glossary": 2,
    "contents": 4,
    "data": 3,
    "dictionary": 1,
    "display": 1,
    "transparency": 3,
    "rules": 1,
    "verify": 1,
    "verified": 2,
    "search": 12,
    "document": 2,
    "table": 3,
    "items functions": 8,
    "item functions": 14,
    "items economics": 8,
    "item economics": 13,
    "items sources": 8,
    "item sources": 11,
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
