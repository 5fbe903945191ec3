"""C06 and C07: the table of assets has its total, and a floor space that is one."""

from collections.abc import Iterator
from decimal import Decimal

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem, Skipped, said, stated
from disclosure.audit.reading import Sheet, filled
from disclosure.document import Document
from disclosure.facts import exact

DEAREST = Decimal(50000)
"""Above 5万元 a square metre a building's space is a number of buildings."""


@rule("C06", Family.COMPLETENESS, Severity.ERROR, applies=(filled("assets"),))
def asset_total_is_stated(document: Document) -> Iterator[Outcome]:
    """固定资产占用情况表填了分项价值的，也填资产总额。"""
    sheet = Sheet.of(document, "assets")
    total = sheet.total("value")
    parts = [sheet.cite(number, "value") for number in sheet.at_level(1)]
    known = [part.value for part in parts if isinstance(part.value, Decimal)]
    if total.value is None and known:
        listed = "+".join(said(value).removesuffix("万元") for value in known)
        yield Problem(f"{total.place.words}未填，应为{said(sum(known, Decimal(0)))}（{listed}）。请填写。", (total,))
    yield Agreed()


@rule("C07", Family.PLAUSIBILITY, Severity.ERROR)
def floor_space_is_plausible(document: Document) -> Iterator[Outcome]:
    """房屋面积与价值相称，没有把栋数填成面积。"""
    spaces = [item for item in document.content.facts.assets.items if item.measure in ("平方米", "㎡", "m2", "平米")]
    if not spaces:
        yield Skipped("没有以平方米计量的资产")
    for item in spaces:
        value, space = exact(item.value), exact(item.quantity)
        if not isinstance(value, Decimal) or not isinstance(space, Decimal) or not space:
            continue
        if value / space > DEAREST:
            message = f"房屋面积{item.quantity}{item.measure}、价值{said(value)}，疑似把栋数填成面积。请核对。"
            yield Problem(message, (stated(space, "房屋面积", "assets"),))
        else:
            yield Agreed()
