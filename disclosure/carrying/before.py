"""What last year's document says in the same place, to be read beside this year's box."""

from typing import Any

from budgets.models import ThreePublicCost
from disclosure.carrying.sources import former_units, sources
from disclosure.models import Disclosure, Narrative


def text_before(narrative: Narrative) -> Narrative | None:
    """Return last year's text of the same key, of the first document that a draft may be started from."""
    found = Narrative.objects.filter(disclosure__in=sources(narrative.disclosure), key=narrative.key).exclude(text="")
    followed = ("disclosure__unit", "disclosure__budget__department", "disclosure__budget__fiscal_year")
    last: Narrative | None = found.select_related(*followed).first()
    return last


def cost_before(cost: Any) -> ThreePublicCost | None:
    """Return last year's row of a “三公” item, of the unit or the one that it follows."""
    year = cost.budget.fiscal_year
    units = [
        old for old, now in former_units(Disclosure(budget=cost.budget, unit=cost.unit)).items() if now == cost.unit
    ]
    found: ThreePublicCost | None = ThreePublicCost.objects.filter(
        budget__fiscal_year__government=year.government_id,
        budget__fiscal_year__year=year.year - 1,
        budget__phase=cost.budget.phase,
        unit__in=units,
        item=cost.item,
        source=cost.source,
    ).first()
    return found
