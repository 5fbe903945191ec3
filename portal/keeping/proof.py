"""Whether what is there after a restoration or a move is what was there before, and the figures that say so."""

from collections.abc import Iterator
from typing import NamedTuple

from django.core.management.color import no_style
from django.db import connection, connections
from django.db.migrations.executor import MigrationExecutor

from budgets import storing
from disclosure.models import Edition, EditionFile
from disclosure.verification import verify
from portal.keeping.backup import stored
from portal.keeping.manifest import Facts, copied
from portal.keeping.snapshots import present

HASH_LENGTH = 64


class Figures(NamedTuple):
    """What was found, to be printed and written down."""

    tables: int
    rows: int
    editions: int
    withdrawn: int
    edition_files: int
    files: int
    trail: tuple[int, str]
    ledger: tuple[int, str]

    @property
    def lines(self) -> list[str]:
        """Say them."""
        return [
            f"数据库{self.tables}个表{self.rows}行；存放的文件{self.files}个，逐个核对了校验值。",
            f"公开版次{self.editions}个（其中撤下{self.withdrawn}个），版次文件{self.edition_files}个，逐个核对了内容和校验值。",
            f"审计轨迹{self.trail[0]}条，末条校验值 {self.trail[1]}。",
            f"公开台账{self.ledger[0]}条，末条校验值 {self.ledger[1]}。",
        ]


def figures() -> Figures:
    """Count what is there."""
    facts = present()
    standing = Edition.objects.standing().count()
    files, names = EditionFile.objects.count(), sum(1 for _ in stored())
    rows = sum(facts.rows.values())
    withdrawn = facts.editions - standing
    return Figures(len(facts.rows), rows, facts.editions, withdrawn, files, names, facts.trail, facts.ledger)


def problems() -> Iterator[str]:
    """Yield what does not hold: every edition, the trail, the ledger, and every stored file against its own name."""
    for finding in verify():
        if not finding.note:
            yield f"{finding.place}：{finding.message}"
    for name in stored():
        said = name.rpartition("/")[2].partition(".")[0]
        with storing.opened(name) as file:
            if len(said) == HASH_LENGTH and copied(file)[1] != said:
                yield f"存放的文件{name}与它的校验值不符。"


def differences(before: Facts, after: Facts) -> Iterator[str]:
    """Yield every table that has other rows than it had, and ends that moved."""
    for table, count in before.rows.items():
        if after.rows.get(table, 0) != count:
            yield f"表 {table} 应有{count}行，却有{after.rows.get(table, 0)}行。"
    if (before.trail, before.ledger) != (after.trail, after.ledger):
        yield "审计轨迹或公开台账的末条与原来不同。"


def pending(alias: str = "default") -> list[str]:
    """Name the migrations that are still to be run."""
    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [f"{migration.app_label}.{migration.name}" for migration, _ in plan]


def reset_sequences(models: list[type]) -> None:
    """Let new rows be numbered after those that were copied with their numbers."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
