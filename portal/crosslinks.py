"""Ways from a department's page to the pages that set departments and years side by side.

They are added when the page is shown: the stored article stays as it was published.
"""

import re
from typing import NamedTuple

from django.urls import reverse
from django.utils.html import format_html

from disclosure.content import Content
from disclosure.tables.t02_income import Income
from disclosure.tables.t03_spending import Spending
from disclosure.tables.t05_general_expenditure import GeneralExpenditure
from disclosure.tables.t06_basic_expenditure import BasicExpenditure
from disclosure.tables.t07_three_public import ThreePublic
from disclosure.tables.t08_fund_expenditure import FundExpenditure
from disclosure.tables.t09_capital_expenditure import CapitalExpenditure
from portal.offers import FIGURE
from portal.projects import has_page
from portal.publication import Place
from portal.schemes import SCHEMES

FUNCTIONS, ECONOMICS, SOURCES = (SCHEMES[key] for key in ("functions", "economics", "sources"))
CODED = {
    Spending.key: FUNCTIONS,
    GeneralExpenditure.key: FUNCTIONS,
    FundExpenditure.key: FUNCTIONS,
    CapitalExpenditure.key: FUNCTIONS,
    BasicExpenditure.key: ECONOMICS,
}
"""The tables whose codes have pages, and the way in that they belong to."""
CODE = re.compile(r'(<td class="code">)([0-9]{3,7})(?=</td>)')


class Link(NamedTuple):
    """Where something leads, and what it is called."""

    address: str
    label: str


def beside(place: Place, content: Content) -> dict[str, list[Link]]:
    """Return what stands below each table of an edition that is the current one of its department."""
    at = (place.government_code, place.year)
    whole = {key: [Link(reverse("items", args=[*at, one.key]), f"各部门{one.question}")] for key, one in CODED.items()}
    whole[Income.key] = [Link(reverse("items", args=[*at, SOURCES.key]), f"各部门{SOURCES.question}")]
    three_public = f"{reverse('three_public', args=[place.government_code])}?year={place.year}"
    whole[ThreePublic.key] = [Link(three_public, "各部门“三公”经费")]
    leads = {table.key: whole[table.key] for table in content.tables if table.key in whole and table.rows}
    return leads | {
        f"goal-{code}": [Link(reverse("project", args=[place.government_code, code]), "项目各年")]
        for code in has_page(content)
    }


def with_codes(article: str, place: Place, content: Content) -> str:
    """Return an article whose codes lead to their pages; a code without a page stays as it is."""
    known = {
        scheme.key: {
            row.cells.get("code") for table in content.tables if table.key == scheme.table for row in table.rows
        }
        for scheme in (FUNCTIONS, ECONOMICS)
    }

    def linked(figure: re.Match[str]) -> str:
        scheme = CODED.get(figure[1])
        if scheme is None:
            return figure[0]

        def cell(found: re.Match[str]) -> str:
            if found[2] not in known[scheme.key]:
                return found[0]
            address = reverse("item", args=[place.government_code, place.year, scheme.key, found[2]])
            return found[1] + format_html('<a href="{}">{}</a>', address, found[2])

        return CODE.sub(cell, figure[0])

    return FIGURE.sub(linked, article)
