"""Stores the sample's publisher: government, year, department, units, and the people who work for it."""

import tomllib
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model

from budgets.enums import Phase, Role
from budgets.models import Budget, Department, FiscalYear, Government, Membership, Unit, UnitProfile
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


def store_publisher(government: Government) -> None:
    """Give the government one 发布人 who cannot sign in, so that the sample can be published."""
    user, created = get_user_model().objects.get_or_create(username="demo-publisher")
    if created:
        user.set_unusable_password()
        user.save()
    Membership.objects.get_or_create(user=user, role=Role.PUBLISHER, government=government, department=None, unit=None)


def _stored(model: Any, values: dict[str, Any], *key: str) -> Any:
    found, _ = model.objects.update_or_create(**{name: values[name] for name in key}, defaults=values)
    return found


def _store_unit(department: Department, year: int, row: dict[str, str]) -> None:
    names = {"code": row["code"], "name": row["name"], "affiliation": row["affiliation"]}
    unit = _stored(Unit, {**names, "department": department}, "department", "code")
    profile = {"nature": row["nature"], "rank": row["rank"], "funding": row["funding"]}
    _stored(UnitProfile, {**profile, "unit": unit, "year": year}, "unit", "year")
