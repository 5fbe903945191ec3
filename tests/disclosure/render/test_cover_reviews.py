"""The reviews on the cover: printed where the region's form asks for them, and never claimed where there were none."""

import re
from datetime import date

import pytest
from django.template.loader import render_to_string
from msgspec.structs import replace

from disclosure.document import Context, Document, Review, Signed, imprint_of, reviews_of
from disclosure.layouts import LAYOUTS
from disclosure.render.html import template_context

DAY = date(2022, 2, 8)
SIGNED = (Signed("部门审核", DAY, combined=False), Signed("保密审查", DAY, combined=False))


@pytest.fixture
def national(disclosure):
    return Document.of(disclosure, LAYOUTS["national"]).content


def cover(content, imprint) -> str:
    """Return what the printed cover says, without marks and spaces."""
    page = render_to_string("disclosure/pdf.html", template_context(Document(content, Context(imprint=imprint))))
    [said] = re.findall('<header class="cover">(.*?)</header>', page, re.DOTALL)
    return re.sub(r"<[^>]+>|\s", "", said)


def test_the_central_form_prints_both_reviews_with_their_days(national, edition):
    imprint = replace(imprint_of(edition, ()), sign_offs=(*SIGNED, Signed("负责人审签", DAY, combined=True)))

    said = cover(national, imprint)

    assert "保密审查情况已审查（2022年2月8日）部门主要负责人审签情况" in said
    assert "部门主要负责人审签情况已审签（2022年2月8日）（与前一步骤由同一人办理）" in said


def test_what_was_published_past_a_review_says_so(national, edition):
    imprint = replace(imprint_of(edition, ()), sign_offs=SIGNED)

    assert reviews_of(national, imprint) == (
        Review("保密审查情况", "已审查", DAY),
        Review("部门主要负责人审签情况", "未审签"),
    )


def test_a_draft_in_the_central_form_has_not_been_reviewed(national):
    assert cover(national, None).endswith("草稿，未公开保密审查情况未审查部门主要负责人审签情况未审签")


def test_the_form_of_hebei_prints_none(document):
    assert reviews_of(document.content, document.context.imprint) == ()
    assert "审查情况" not in cover(document.content, document.context.imprint)
    assert cover(document.content, None).endswith("草稿，未公开")


def test_a_layout_that_is_only_read_prints_none(document):
    assert reviews_of(replace(document.content, layout="foreign"), None) == ()
