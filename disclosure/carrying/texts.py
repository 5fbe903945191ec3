"""What people wrote last year: texts, terms, and why tables are empty; reasons for a change are not carried."""

from collections.abc import Iterator

from disclosure.carrying.plan import Pair, Way
from disclosure.enums import NarrativeState, TableKey
from disclosure.filling import FILLINGS, has_facts
from disclosure.models import EmptyTable, GlossaryTerm, Narrative

REASON = "reason_"
REASONS = "收支增减的原因每年不同，没有带入；上年的写法在填写框旁边。"


def narratives(way: Way) -> Iterator[Pair | str]:
    """Yield the texts that are not there yet, each 未复核."""
    have = dict(Narrative.objects.filter(disclosure=way.to).values_list("key", "text"))
    old = Narrative.objects.filter(disclosure=way.source).exclude(text="").order_by("pk")
    left = False
    for row in old:
        if row.key.startswith(REASON):
            left = True
        elif row.key in have:
            yield f"“{row.get_key_display()}”本年已经填写。"
        else:
            yield Pair(
                way.copied(row, disclosure=way.to, state=NarrativeState.CARRIED_OVER), row, way.to.unit, alone=True
            )
    if left:
        yield REASONS


def glossary(way: Way) -> Iterator[Pair | str]:
    """Yield the terms, where the draft has none."""
    if GlossaryTerm.objects.filter(disclosure=way.to).exists():
        yield "本年的名词解释已经填写。"
        return
    for row in GlossaryTerm.objects.filter(disclosure=way.source).order_by("position"):
        yield Pair(way.copied(row, disclosure=way.to), row, way.to.unit, alone=True)


def empty_tables(way: Way, carried: list[Pair]) -> Iterator[Pair | str]:
    """Yield why tables are empty, where they still are: neither stored rows nor ``carried`` ones fill them."""
    have = set(EmptyTable.objects.filter(disclosure=way.to).values_list("table", flat=True))
    filled = {type(pair.now) for pair in carried}
    for row in EmptyTable.objects.filter(disclosure=way.source).order_by("pk"):
        name, fillings = row.get_table_display(), FILLINGS[TableKey(row.table)]
        if row.table in have:
            yield f"《{name}》的空表说明已经填写。"
        elif any(filling.model in filled and not filling.counted for filling in fillings):
            yield f"《{name}》这次带入了内容，不再是空表。"
        elif has_facts(row.table, way.to.budget_id, way.to.unit_id):
            yield f"《{name}》本年已有数据，不再是空表。"
        else:
            yield Pair(way.copied(row, disclosure=way.to), row, way.to.unit, alone=True)
