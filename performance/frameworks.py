"""Loads the versions of the indicator tree from ``fixtures/codes/indicator_frameworks.csv``."""

from pathlib import Path

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
