"""Loads the classification lists of ``fixtures/codes``: updates what no edition used, removes nothing.

They are the lists taken until official ones are imported (:mod:`budgets.yearly_lists`), which they never touch.
"""

import csv
from pathlib import Path

from django.db import transaction

from budgets.models import CodeChange, CodeList, Economic, EconomicCrosswalk, Function, GovernmentEconomic
from budgets.models.classification import Code
from budgets.pinyin import initials_of


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


def _load_list(model: type[Code], rows: list[dict[str, str]], *, kind: bool = False) -> None:
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
    printed = set(model.objects.filter(published=True, official=False).values_list("code", "vintage"))
    used = set(CodeList.objects.filter(used=True).values_list("scheme", "year"))
    model._default_manager.bulk_create(
        [code for code in codes if _free(code, printed, used)],
        update_conflicts=True,
        unique_fields=["code", "vintage", "official", *(["kind"] if kind else [])],
        update_fields=["name", "initials", "origin"],
    )


def _free(code: Code, printed: set[tuple[str, int]], used: set[tuple[str, int]]) -> bool:
    """Tell whether no edition printed the code, nor used the year of its list."""
    return (code.code, code.vintage) not in printed and (code.scheme, code.vintage) not in used


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
                scheme=row["scheme"],
                kind=row["kind"],
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
