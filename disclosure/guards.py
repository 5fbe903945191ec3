"""What keeps “declared empty” and “has data” apart, table by table, in SQL that both engines read.

Derived in both directions from :data:`disclosure.filling.FILLINGS`; :mod:`disclosure.triggers` makes triggers of it.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Model

from budgets.models import Budget
from disclosure.enums import TableKey
from disclosure.filling import FILLINGS, Filling, Reach
from disclosure.models import Disclosure, EmptyTable

BUDGET, DECLARED, SCOPE = Budget._meta.db_table, EmptyTable._meta.db_table, Disclosure._meta.db_table
EVENTS = ("insert", "update")
DECLARATIONS = f'FROM {SCOPE} d JOIN {DECLARED} e ON e.disclosure_id = d.id WHERE d.budget_id = NEW."budget_id"'


class Guard(NamedTuple):
    """What one table's triggers look at, lock and say."""

    model: type[Model]
    watched: tuple[str, ...]
    """The columns that matter: an update that leaves them as they are is not looked at."""
    locked: tuple[str, ...]
    """The rows (FROM …) that PostgreSQL locks before it looks: of two transactions, one must see the other's row."""
    suspect: str
    """The clause (FROM …) that finds something wherever one of the refusals does; mostly it finds nothing."""
    refusals: tuple[tuple[str, str], ...]
    """A sentence, and the clause that finds something where it is to be said."""

    @property
    def table(self) -> str:
        """Name the table."""
        return self.model._meta.db_table

    def trigger(self, event: str) -> str:
        """Name the trigger of ``event`` (insert or update)."""
        return f"empty_{event}_{self.table}"


def has_data(table: TableKey) -> str:
    """Say why a table cannot be declared empty."""
    return f"《{table.label}》已有数据，不能声明为空表。"


def is_declared(table: TableKey) -> str:
    """Say why a fact cannot be stored."""
    return f"《{table.label}》已声明为空表，不能再有数据；请先删除空表说明。"


def guards() -> list[Guard]:
    """List every guarded table: the declarations, their disclosures, the facts, and what decides a fact's unit."""
    facts = dict.fromkeys(filling.model for fillings in FILLINGS.values() for filling in fillings)
    carried = [(key, one) for key, fillings in FILLINGS.items() for one in fillings if "__" in one.owner]
    return [_declaration(), _disclosure(), *map(_fact, facts), *(_carrier(key, filling) for key, filling in carried)]


def _declaration() -> Guard:
    own = f"SELECT budget_id FROM {SCOPE} WHERE id = NEW.disclosure_id"
    locked = (
        f"FROM {SCOPE} WHERE id = NEW.disclosure_id FOR SHARE",
        f"FROM {BUDGET} WHERE id = ({own}) FOR UPDATE",
    )
    clause = f"FROM {SCOPE} d WHERE d.id = NEW.disclosure_id AND NEW.\"table\" = '{{}}' AND ({{}})"
    refusals = tuple((has_data(key), clause.format(key, _filled(key, "d.budget_id", "d.unit_id"))) for key in FILLINGS)
    return Guard(EmptyTable, ("disclosure_id", "table"), locked, "", refusals)


def _disclosure() -> Guard:
    suspect = f"FROM {DECLARED} e WHERE e.disclosure_id = NEW.id"
    locked = (f"FROM {BUDGET} WHERE id = NEW.budget_id AND EXISTS (SELECT 1 {suspect}) FOR UPDATE",)
    refusals = tuple(
        (has_data(key), f"{suspect} AND e.\"table\" = '{key}' AND ({_filled(key, 'NEW.budget_id', 'NEW.unit_id')})")
        for key in FILLINGS
    )
    return Guard(Disclosure, ("budget_id", "unit_id"), locked, suspect, refusals)


def _fact(model: type[Model]) -> Guard:
    mine = [(key, one) for key, fillings in FILLINGS.items() for one in fillings if one.model is model]
    found = {key: f"e.\"table\" = '{key}' AND {_counts(one, 'NEW')} AND {_reaches(one)}" for key, one in mine}
    either = " OR ".join(f"({condition})" for condition in found.values())
    refusals = tuple((is_declared(key), f"{DECLARATIONS} AND {condition}") for key, condition in found.items())
    locked = [f"FROM {BUDGET} WHERE id = NEW.budget_id FOR KEY SHARE"]
    watched = dict.fromkeys(("budget_id", *(column for _, one in mine for column in _columns(one))))
    for _, one in mine:
        if "__" in one.owner:
            key, carrier = _key_of(one)
            locked.append(f"FROM {carrier._meta.db_table} WHERE id = NEW.{key} FOR SHARE")
    return Guard(model, tuple(watched), tuple(locked), f"{DECLARATIONS} AND ({either})", refusals)


def _carrier(table: TableKey, filling: Filling) -> Guard:
    """Guard the row that says which unit a fact belongs to: a project, for its goals."""
    (key, carrier), fact = _key_of(filling), filling.model._meta.db_table
    clause = (
        f"FROM {fact} f JOIN {SCOPE} d ON d.budget_id = f.budget_id JOIN {DECLARED} e ON e.disclosure_id = d.id "
        f"WHERE f.{key} = NEW.id AND e.\"table\" = '{table}' AND {_counts(filling, 'f')} "
        "AND (d.unit_id IS NULL OR d.unit_id = NEW.unit_id)"
    )
    locked = f"FROM {BUDGET} WHERE id IN (SELECT budget_id FROM {fact} WHERE {key} = NEW.id) FOR KEY SHARE"
    return Guard(carrier, ("unit_id",), (locked,), clause, ((is_declared(table), clause),))


def _filled(table: TableKey, budget: str, unit: str) -> str:
    """Say in SQL that a table has facts, for a budget and a unit given as expressions."""
    return " OR ".join(
        f"EXISTS (SELECT 1 FROM {one.model._meta.db_table} f "
        f"WHERE f.budget_id = {budget} AND {_counts(one, 'f')} AND {_reaches(one, 'f', unit)})"
        for one in FILLINGS[table]
    )


def _counts(filling: Filling, row: str) -> str:
    """Say in SQL that a row has the right values and is not 0."""
    listed = {name: ", ".join(f"'{value}'" for value in values) for name, values in filling.only.items()}
    conditions = [f"{row}.{name} IN ({values})" for name, values in listed.items()]
    if filling.counted:
        conditions.append("(" + " OR ".join(f"{row}.{figure} <> 0" for figure in filling.counted) + ")")
    return " AND ".join(conditions) or "1 = 1"


def _reaches(filling: Filling, row: str = "NEW", unit: str = "d.unit_id") -> str:
    """Say in SQL that a row stands in the tables of ``unit``, the expression for a disclosure's own."""
    if filling.reach is Reach.WHOLE:
        return f"{unit} IS NULL"
    owner = f"{row}.unit_id"
    if "__" in filling.owner:
        key, carrier = _key_of(filling)
        owner = f"(SELECT c.unit_id FROM {carrier._meta.db_table} c WHERE c.id = {row}.{key})"
    whole = f"{owner} IS NULL AND {unit} IS NULL" if filling.reach is Reach.SAME else f"{unit} IS NULL"
    return f"({unit} = {owner} OR {whole})"


def _columns(filling: Filling) -> Iterator[str]:
    yield from (*filling.only, *filling.counted)
    if filling.reach is not Reach.WHOLE:
        yield _key_of(filling)[0]


def _key_of(filling: Filling) -> tuple[str, type[Model]]:
    """Return the column through which a fact's unit is found, and the model it points at."""
    field: Any = filling.model._meta.get_field(filling.owner.partition("__")[0])
    return field.column, field.related_model
