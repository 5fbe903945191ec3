"""What the blank already says: the draft, or last year's rows without amounts; last year's amounts beside both."""

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from budgets.enums import Phase
from budgets.models import Budget, PreviousFigure
from budgets.models.figures import stated
from disclosure.intake.columns import Column, columns_of
from disclosure.intake.sheets import SheetKind
from disclosure.models import Disclosure

COMPARED = "金额（元）"
USED = ("lines__budget", "goals__budget")
"""The lookups along which a project is used in a budget."""


class Prefill:
    """The rows of one sheet, as exact values by header, and last year's amount of each."""

    def __init__(self, disclosure: Disclosure, kind: SheetKind, by: Any) -> None:
        self.kind, self.columns = kind, columns_of(kind)
        self.fields: dict[str, Any] = kind.resource(user=by).fields
        now = self._rows(disclosure)
        last = disclosure_before(disclosure)
        past = self._rows(last) if last and self._says_more_than_amounts() else []
        compared = [column for column in self.columns if column.header == COMPARED]
        self.compared = bool(compared and past and not kind.kept)
        self.carried = bool(past and not now)
        """Whether the rows are last year's."""
        self._last = {self._key(row): self._value(compared[0], row) for row in past} if self.compared else {}
        self.rows = past if self.carried else now

    def cells(self, row: Any) -> list[Any]:
        """Return a row's values in the order of the columns; carried over it has no amounts yet."""
        return ["" if self.carried and column.money else self._value(column, row) for column in self.columns]

    def last(self, row: Any) -> Any:
        """Return last year's amount of the same row."""
        return self._last.get(self._key(row), "")

    def _says_more_than_amounts(self) -> bool:
        """Tell whether last year's rows are worth offering: without its amount, a figure of the past says nothing."""
        return self.kind.model is not PreviousFigure

    def _rows(self, disclosure: Disclosure) -> list[Any]:
        rows: QuerySet[Any] = self.kind.rows(disclosure)
        if self.kind.kept:
            used = Q()
            for path in USED:
                used |= Q(pk__in=rows.order_by().filter(**{path: disclosure.budget}).values("pk"))
            rows = rows.filter(used)
        keys = [key.name for key in self.kind.model._meta.concrete_fields if key.is_relation]
        return list(rows.prefetch_related(*keys))

    def _value(self, column: Column, row: Any) -> Any:
        field = self.fields[column.name]
        value = stated(row, field.attribute)
        return value if isinstance(value, Decimal) else field.export(row)

    def _key(self, row: Any) -> tuple[Any, ...]:
        return tuple(self._value(column, row) for column in self.columns if column.key)


def disclosure_before(disclosure: Disclosure) -> Disclosure | None:
    """Return the disclosure of the same department or unit one year earlier."""
    year = disclosure.budget.fiscal_year
    budgets = Budget.objects.filter(
        fiscal_year__government=year.government,
        fiscal_year__year=year.year - 1,
        department=disclosure.budget.department,
        phase=Phase.INITIAL,
    )
    return Disclosure.objects.filter(budget__in=budgets, unit=disclosure.unit).first()
