"""Who looks at a board, opens a year and enters what was approved: asked of the table of roles, and nowhere else."""

from typing import Any

from budgets.access import allowed, posts_of, reaches
from budgets.models import Budget, ControlFigure, FiscalYear, Government, Unit
from disclosure.models import Disclosure, Exemption


def looks(user: Any, year: FiscalYear) -> bool:
    """Tell whether somebody sees every disclosure of a government's year, and so its board."""
    return bool(reaches(user, Disclosure(budget=Budget(fiscal_year=year)), "view"))


def looks_at_any(user: Any) -> bool:
    """Tell, without asking the database for years, whether there is a board that somebody sees."""
    own = (Government(pk=post.government_id) for post in posts_of(user))
    return any(looks(user, FiscalYear(government=government)) for government in own)


def boards(user: Any) -> list[FiscalYear]:
    """Return the years whose boards somebody sees, the newest of each government first."""
    years = allowed(user, FiscalYear.objects.select_related("government"))
    return [year for year in years if looks(user, year)]


def opens(user: Any, government: Government) -> bool:
    """Tell whether somebody opens a government's years: whoever keeps its roster (公开名册) does."""
    return bool(reaches(user, Exemption(fiscal_year=FiscalYear(government=government)), "add"))


def governments_opened_by(user: Any) -> list[Government]:
    """Return the governments whose years somebody opens."""
    return [government for government in allowed(user, Government.objects.all()) if opens(user, government)]


def approves(user: Any, budget: Budget, unit: Unit | None) -> bool:
    """Tell whether somebody enters 批复控制数 and 批复日期 of a department or unit."""
    return bool(reaches(user, ControlFigure(budget=budget, unit=unit), "add"))


def approves_in(user: Any, year: FiscalYear) -> bool:
    """Tell whether somebody enters what was approved for all of a year."""
    return approves(user, Budget(fiscal_year=year), None)
