"""What an edition keeps beside its content: three states of a figure, apart in rows, pages and data."""

from decimal import Decimal

from disclosure.document import Document
from disclosure.freezing import lines_of
from disclosure.layouts import LAYOUTS
from disclosure.render import html


def test_missing_zero_and_not_applicable_are_kept_apart_in_every_form(disclosure):
    costs = disclosure.budget.three_public_costs
    costs.filter(item="reception").update(previous=None, previous_not_applicable=True)
    costs.filter(item="vehicle_purchase").update(previous=None)

    document = Document.of(disclosure, LAYOUTS["national"])
    table = document.table("three_public")
    frozen = {line.column: line for line in lines_of(document.content) if line.table == "three_public"}

    states = {
        "previous_abroad": ("0.00", "0.00", Decimal("0.00"), False),
        "previous_reception": ("n/a", "不适用", None, True),
        "previous_vehicle_purchase": (None, "—", None, False),
        "previous_total": (None, "—", None, False),
    }
    for key, (wire, shown, amount, inapplicable) in states.items():
        assert table.rows[0].cells[key] == wire
        assert table.cell(table.rows[0], key).render == shown
        assert (frozen[key].amount, frozen[key].not_applicable) == (amount, inapplicable)
    assert ">不适用<" in html.render(document).decode()


def test_assets_state_what_does_not_apply(disclosure):
    disclosure.budget.asset_holdings.filter(category="equipment").update(value=None, value_not_applicable=True)

    document = Document.of(disclosure)
    row = next(row for row in document.table("assets").rows if "设备" in (row.cells["name"] or ""))

    assert document.table("assets").cell(row, "value").render == "不适用"
    assert next(item.value for item in document.content.facts.assets.items if "设备" in item.name) == "n/a"
