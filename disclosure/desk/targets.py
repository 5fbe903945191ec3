"""Where in the admin a finding is mended: the form or the list that holds the figure or the words."""

from functools import cached_property
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from disclosure.audit.citing import Place
from disclosure.document import Document
from disclosure.entry.grids import grids_of
from disclosure.enums import NarrativeKey
from disclosure.models import Disclosure

LISTS = {
    "units": "budgets_unitprofile",
    "totals": "budgets_revenueline",
    "income": "budgets_revenueline",
    "fiscal_totals": "budgets_revenueline",
    "spending": "budgets_expenditureline",
    "general_expenditure": "budgets_expenditureline",
    "basic_expenditure": "budgets_expenditureline",
    "fund_expenditure": "budgets_expenditureline",
    "capital_expenditure": "budgets_expenditureline",
    "projects": "budgets_expenditureline",
    "three_public": "budgets_threepubliccost",
    "procurement": "budgets_procurementitem",
    "assets": "budgets_assetholding",
    "goals": "performance_projectgoal",
    "overall_goals": "performance_annualtask",
    "overall_indicators": "performance_overallindicator",
    "control": "budgets_controlfigure",
}
"""By table: the list of the facts it is made of."""
TEXTS = {
    "duties": "disclosure_narrative",
    "overview": "disclosure_narrative",
    "operating_costs": "budgets_expenditureline",
    "three_public": "budgets_threepubliccost",
    "performance": "performance_overallgoal",
    "procurement": "budgets_procurementitem",
    "assets": "budgets_assetholding",
    "glossary": "disclosure_glossaryterm",
    "others": "disclosure_narrative",
}
"""By section: the list of the words or figures it is made of."""
WRITTEN = {"duties": NarrativeKey.DUTIES, "others": NarrativeKey.OTHER_MATTERS}
"""By section: the one text that fills it."""
OF_DISCLOSURE = ("disclosure_narrative", "disclosure_glossaryterm")
UNFILTERED = ("budgets_unitprofile",)


class Target(NamedTuple):
    """A place to go to: an admin page by name, the row where it is one, the code to look for otherwise."""

    page: str
    pk: int | None = None
    code: str = ""


class Targets:
    """Finds the target of a place in one draft."""

    def __init__(self, disclosure: Disclosure, document: Document) -> None:
        self.disclosure, self.document = disclosure, document

    @cached_property
    def grids(self) -> dict[str, str]:
        """The keys of the grids by the page of what they hold."""
        return {
            f"{kind.model._meta.app_label}_{kind.model._meta.model_name}": key
            for key, kind in grids_of(self.disclosure).items()
        }

    @cached_property
    def goals(self) -> dict[str, int]:
        """The goals of the budget by their project's code."""
        return dict(self.disclosure.budget.project_goals.values_list("project__code", "pk"))

    @cached_property
    def texts(self) -> dict[str, int]:
        """The texts of the disclosure by key."""
        return dict(self.disclosure.narratives.values_list("key", "pk"))

    def of(self, places: tuple[Place, ...]) -> Target:
        """Return where the first of the places is mended; the disclosure's own form where none is known."""
        found = (target for place in places if (target := self._of(place)))
        return next(found, Target("disclosure_disclosure", self.disclosure.pk))

    def _of(self, place: Place) -> Target | None:
        if place.section >= 0:
            key = self.document.content.sections[place.section].key
            return Target(TEXTS.get(key, "disclosure_narrative"), self.texts.get(WRITTEN.get(key, "")))
        if place.table.startswith("goal-"):
            code = place.table.removeprefix("goal-")
            return Target("performance_projectgoal", self.goals.get(code), code)
        page = LISTS.get(place.table)
        return Target(page, None, self._code(place)) if page else None

    def _code(self, place: Place) -> str:
        table = next((table for table in self.document.content.tables if table.key == place.table), None)
        if table is None or place.row is None:
            return ""
        return table.rows[place.row].cells.get("code") or ""

    def address(self, target: Target) -> str:
        """Return the address of a target."""
        if target.pk:
            return reverse(f"admin:{target.page}_change", args=[target.pk])
        if grid := self.grids.get(target.page):
            return reverse("admin:grid", args=[self.disclosure.pk, grid])
        asked: dict[str, str | int] = {}
        if target.page in OF_DISCLOSURE:
            asked["disclosure__id__exact"] = self.disclosure.pk
        elif target.page not in UNFILTERED:
            asked["budget__id__exact"] = self.disclosure.budget_id
        if target.code:
            asked["q"] = target.code
        return f"{reverse(f'admin:{target.page}_changelist')}?{urlencode(asked)}"
