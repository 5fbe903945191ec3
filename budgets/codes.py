"""Loads the classification lists of ``fixtures/codes``: updates what is there, removes nothing."""

import csv
from pathlib import Path

from django.db import models, transaction

from budgets.enums import ChangeKind
from budgets.models import CodeChange, Economic, EconomicCrosswalk, Function, GovernmentEconomic
from budgets.models.classification import initials_of


def rows_of(path: Path) -> list[dict[str, str]]:
    """Read a UTF-8 CSV with a header."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@transaction.atomic
def load_codes(folder: Path) -> dict[str, int]:
    """Load every list; return how many codes each holds, by its Chinese name."""
    _load_list(Function, rows_of(folder / "functional.csv"), kind=True)
    _load_list(Economic, rows_of(folder / "economic_dept.csv"))
    _load_list(GovernmentEconomic, rows_of(folder / "economic_gov.csv"))
    _load_crosswalk(rows_of(folder / "economic_crosswalk.csv"))
    _load_changes(rows_of(folder / "renamed.csv"))
    loaded = (Function, Economic, GovernmentEconomic, EconomicCrosswalk, CodeChange)
    return {str(model._meta.verbose_name): model._default_manager.count() for model in loaded}


def _load_list(model: type[models.Model], rows: list[dict[str, str]], *, kind: bool = False) -> None:
    codes = [
        model(
            code=row["code"],
            name=row["name"],
            initials=initials_of(row["name"]),
            vintage=int(row["year"]),
            origin=row["source"],
            **({"kind": row["kind"]} if kind else {}),
        )
        for row in rows
    ]
    model._default_manager.bulk_create(
        codes,
        update_conflicts=True,
        unique_fields=["code", "vintage"],
        update_fields=["name", "initials", "origin", *(["kind"] if kind else [])],
    )


def _load_crosswalk(rows: list[dict[str, str]]) -> None:
    economic = {code.code: code for code in Economic.objects.all()}
    government = {code.code: code for code in GovernmentEconomic.objects.all()}
    EconomicCrosswalk.objects.bulk_create(
        [
            EconomicCrosswalk(
                economic=economic[row["dept_code"]],
                payer=row["payer"],
                government_economic=government[row["gov_code"]],
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )


def _load_changes(rows: list[dict[str, str]]) -> None:
    CodeChange.objects.bulk_create(
        [
            CodeChange(
                scheme="支出功能分类",
                kind=ChangeKind.RENAMED,
                old_code=row["old_code"],
                old_name=row["old_name"],
                new_code=row["new_code"],
                new_name=row["new_name"],
                last_year_of_old=int(row["last_year_of_old"]),
                origin=row["source"],
            )
            for row in rows
        ],
        ignore_conflicts=True,
    )
