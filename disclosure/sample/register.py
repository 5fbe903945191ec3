"""Stores the sample's publisher: government, year, department and units."""

import tomllib
from pathlib import Path
from typing import Any

from budgets.enums import Phase
from budgets.models import Budget, Department, FiscalYear, Government, Unit, UnitProfile
from disclosure.models import Disclosure
from disclosure.sample.printed import Sample


def store_register(folder: Path, sample: Sample) -> Disclosure:
    """Create or find the publisher and return its (still empty) disclosure."""
    said = tomllib.loads((folder / "register.toml").read_text(encoding="utf-8"))
    for part in said.values():
        part.pop("assumed")
    government = _stored(Government, said["government"], "code")
    year = _stored(FiscalYear, {**said["year"], "government": government, "layout": "hebei"}, "government", "year")
    department = _stored(Department, {**said["department"], "government": government}, "government", "code")
    for row in sample.rows("units"):
        _store_unit(department, year.year, row)
    budget = _stored(
        Budget,
        {"fiscal_year": year, "department": department, "phase": Phase.INITIAL},
        "fiscal_year",
        "department",
        "phase",
    )
    disclosure: Disclosure = _stored(
        Disclosure, {**said["disclosure"], "budget": budget, "unit": None}, "budget", "unit"
    )
    return disclosure


def _stored(model: Any, values: dict[str, Any], *key: str) -> Any:
    found, _ = model.objects.update_or_create(**{name: values[name] for name in key}, defaults=values)
    return found


def _store_unit(department: Department, year: int, row: dict[str, str]) -> None:
    names = {"code": row["code"], "name": row["name"], "affiliation": row["affiliation"]}
    unit = _stored(Unit, {**names, "department": department}, "department", "code")
    profile = {"nature": row["nature"], "rank": row["rank"], "funding": row["funding"]}
    _stored(UnitProfile, {**profile, "unit": unit, "year": year}, "unit", "year")
