"""The two-minute view: one sentence that is right in every direction."""

from decimal import Decimal

import msgspec
import pytest

from portal.glance import Glance


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        ("10000000.00", "2022年预算支出1090.88万元，比上年增加90.88万元（9.09%）。"),
        ("10908800.00", "2022年预算支出1090.88万元，与上年持平。"),
        ("0.00", "2022年预算支出1090.88万元，比上年增加1090.88万元（—）。"),
        (None, "2022年预算支出1090.88万元，没有可以比较的上年预算数。"),
    ],
)
def test_the_sentence_compares_with_last_year(document, before, sentence):
    spent = document.content.facts.expenditure
    previous = msgspec.structs.replace(spent.previous, total=Decimal(before) if before else None)
    facts = msgspec.structs.replace(
        document.content.facts, expenditure=msgspec.structs.replace(spent, previous=previous)
    )

    assert Glance.of(msgspec.structs.replace(document.content, facts=facts)).sentence == sentence
