"""Versions of the indicator tree: loaded from a list, and one printed in another."""

from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from budgets.codes import rows_of
from performance.models import Framework, IndicatorClass


@transaction.atomic
def load_frameworks(path: Path) -> int:
    """Load every class of every version in printed order; return how many classes there are."""
    for position, row in enumerate(rows_of(path), start=1):
        framework, _ = Framework.objects.update_or_create(key=row["framework"], defaults={"name": row["name"]})
        IndicatorClass.objects.update_or_create(
            framework=framework, level1=row["level1"], level2=row["level2"], defaults={"position": position}
        )
    return IndicatorClass.objects.count()


class Place(NamedTuple):
    """Where an indicator stands in a printed tree."""

    order: int
    level1: str
    level2: str


EQUIVALENT = {
    ("产出指标", "成本指标"): ("成本指标", "经济成本指标"),
    ("成本指标", "经济成本指标"): ("产出指标", "成本指标"),
    ("成本指标", "社会成本指标"): ("产出指标", "成本指标"),
    ("成本指标", "生态环境成本指标"): ("产出指标", "成本指标"),
}
"""成本 stood under 产出 until 财预〔2021〕101号 made it a 一级指标 of its own; all else kept its name."""


class PrintedTree:
    """One version of the indicator tree, in which indicators of another version find their place."""

    def __init__(self, framework: str) -> None:
        classes = IndicatorClass.objects.filter(framework__key=framework).order_by("position")
        self._order = {pair: order for order, pair in enumerate(classes.values_list("level1", "level2"))}

    def place(self, level1: str, level2: str) -> Place:
        """Return where an indicator is printed; a class the tree does not know keeps its words and comes last."""
        own = (level1, level2)
        found = own if own in self._order else EQUIVALENT.get(own, own)
        return Place(self._order.get(found, len(self._order)), *found)
