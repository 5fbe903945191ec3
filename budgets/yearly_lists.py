"""Importing a year's official list: what it would change, and changing it, all or nothing.

The list taken until then stays as it is for the years that go by it; the official one is stored beside it.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction

from budgets.enums import ChangeKind, CodeScheme
from budgets.list_problems import problems_of, sort_rows
from budgets.lists import MODELS, ListInForce, lists_of
from budgets.models import AuditTrail, CodeChange, CodeList
from budgets.models.classification import Code
from budgets.pinyin import initials_of
from budgets.readers.headers import CodeRow

FIRST_YEAR, LAST_YEAR = 2000, 2100


class Named(NamedTuple):
    """A code and its name; for a rename also the name it had."""

    code: str
    name: str
    old: str = ""


@dataclass(frozen=True)
class Difference:
    """What an official list says otherwise than the list the year goes by until now."""

    scheme: str
    year: int
    against: ListInForce
    additions: tuple[Named, ...]
    renames: tuple[Named, ...]
    removals: tuple[Named, ...]
    unchanged: int

    @property
    def title(self) -> str:
        """Name the list."""
        return f"{self.year}年{CodeScheme(self.scheme).label}"

    @property
    def said(self) -> list[Any]:
        """State everything that was shown."""
        parts = (self.additions, self.renames, self.removals)
        return [self.scheme, self.year, list(self.against), self.unchanged, *(list(part) for part in parts)]


@dataclass(frozen=True)
class Proposal:
    """An official list as a file states it: of one scheme, or of the budgets its own column names."""

    model: type[Code]
    year: int
    rows: list[CodeRow]
    chosen: str = ""
    origin: str = ""

    def compare(self) -> list[Difference]:
        """Return what it would change; raise ValidationError with every problem, each naming its row."""
        _refuse_year(self.year)
        found, problems = sort_rows(self.rows, self.model.schemes, self.chosen)
        problems += [*_used(found, self.year), *problems_of(found, self.model, self.year)]
        if problems:
            raise ValidationError(problems)
        differences = [compare(scheme, self.year, rows) for scheme, rows in found.items()]
        held = [problem for difference in differences for problem in _held(difference)]
        if held:
            raise ValidationError(held)
        return differences


def compare(scheme: str, year: int, rows: list[CodeRow]) -> Difference:
    """Compare sound rows with the list that ``year`` goes by until now."""
    [against] = lists_of([year], [scheme])
    old = dict(MODELS[scheme].objects.worst_first(year).of_scheme(scheme).values_list("code", "name"))
    new = {row.code: row.name for row in sorted(rows, key=lambda row: row.code)}
    return Difference(
        scheme=scheme,
        year=year,
        against=against,
        additions=tuple(Named(code, name) for code, name in new.items() if code not in old),
        renames=tuple(Named(code, name, old[code]) for code, name in new.items() if old.get(code, name) != name),
        removals=tuple(Named(code, name) for code, name in sorted(old.items()) if code not in new),
        unchanged=sum(old.get(code) == name for code, name in new.items()),
    )


def digest(differences: list[Difference]) -> str:
    """Return what identifies a preview: everything it showed."""
    said = json.dumps([difference.said for difference in differences], ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()


@transaction.atomic
def apply(proposal: Proposal, *, by: Any, seen: str) -> list[Difference]:
    """Store the official list as it was previewed (``seen``: the digest); raise ValidationError if it no longer is."""
    schemes = [proposal.chosen] if proposal.chosen else proposal.model.schemes
    for scheme in schemes:
        CodeList.objects.get_or_create(scheme=scheme, year=proposal.year)
    list(CodeList.objects.select_for_update().filter(scheme__in=schemes, year=proposal.year))
    differences = proposal.compare()
    if digest(differences) != seen:
        raise ValidationError("预览之后目录有了变化，没有导入任何内容。请重新上传，核对新的预览后再确认。")
    for difference in differences:
        _store(difference, proposal)
        _record_renames(difference)
        _report(difference, proposal, by)
    CodeList.objects.filter(scheme__in=schemes, year=proposal.year, official=False, used=False).delete()
    return differences


def _store(difference: Difference, proposal: Proposal) -> None:
    model, scheme, year = MODELS[difference.scheme], difference.scheme, difference.year
    rows = sort_rows(proposal.rows, model.schemes, proposal.chosen)[0][scheme]
    shared = {"vintage": year, "official": True, "origin": proposal.origin[:80]}
    own = {**shared, "kind": scheme} if len(model.schemes) > 1 else shared
    gone = model.objects.filter(official=True, vintage=year).of_scheme(scheme)
    gone.exclude(code__in=[row.code for row in rows]).delete()
    model.objects.bulk_create(
        [model(code=row.code, name=row.name, initials=initials_of(row.name), **own) for row in rows],
        update_conflicts=True,
        unique_fields=["code", "vintage", "official", *(["kind"] if len(model.schemes) > 1 else [])],
        update_fields=["name", "initials", "origin", "valid_from", "valid_to"],
    )
    stated = {"official": True, "vintage": year, "origin": proposal.origin[:120]}
    CodeList.objects.filter(scheme=scheme, year=year).update(**stated)


def _record_renames(difference: Difference) -> None:
    """Record what the list calls otherwise than the official list of the year before."""
    scheme, before = difference.scheme, difference.year - 1
    origin = f"{difference.year}年正式目录与上年正式目录比较"
    CodeChange.objects.filter(scheme=scheme, last_year_of_old=before, origin=origin).delete()
    listed = MODELS[scheme].objects.filter(official=True).of_scheme(scheme)
    old = dict(listed.filter(vintage=before).values_list("code", "name"))
    new = dict(listed.filter(vintage=difference.year).values_list("code", "name"))
    changes = [
        CodeChange(
            scheme=scheme,
            kind=ChangeKind.RENAMED,
            old_code=code,
            old_name=old[code],
            new_code=code,
            new_name=name,
            last_year_of_old=before,
            origin=origin,
        )
        for code, name in new.items()
        if old.get(code, name) != name
    ]
    CodeChange.objects.bulk_create(changes, ignore_conflicts=True)


def _report(difference: Difference, proposal: Proposal, by: Any) -> None:
    AuditTrail.append(
        "导入年度正式目录",
        difference.title,
        by=by,
        file=proposal.origin,
        against=str(difference.against),
        additions=[addition.code for addition in difference.additions],
        renames=difference.renames,
        removals=difference.removals,
    )


def _refuse_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValidationError(f"年度应在{FIRST_YEAR}至{LAST_YEAR}之间。")


def _used(schemes: Any, year: int) -> Iterator[str]:
    """Complain of lists that an edition used."""
    for scheme in schemes:
        used = CodeList.objects.locking(scheme, year, official=True).first()
        if used:
            yield f"{used.year}年的公开版次用过{year}年的{CodeScheme(scheme).label}，这一年度的目录不能再改。"


def _held(difference: Difference) -> Iterator[str]:
    """Complain of removals that stored data still name: codes of an earlier import of the same year."""
    model = MODELS[difference.scheme]
    own = model.objects.filter(official=True, vintage=difference.year).of_scheme(difference.scheme)
    gone = own.filter(code__in=[removal.code for removal in difference.removals])
    relations = [field for field in model._meta.get_fields(include_hidden=True) if field.one_to_many]
    held = {
        str(code)
        for relation in relations
        for code in gone.filter(pk__in=relation.related_model._default_manager.values(relation.field.name))
    }
    if held:
        yield f"新目录里没有这些科目，但已有数据使用：{'、'.join(sorted(held))}。请先把这些数据改用其他科目。"
