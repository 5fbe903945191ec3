"""The portal's layouts, but printing every table there is; the central one sets 表八 and 表九 beside last year's."""

import msgspec

from disclosure.layouts import HEBEI, NATIONAL
from disclosure.layouts.base import Layout
from disclosure.layouts.national import COMPARED
from disclosure.tables.base import Heading

MORE = {
    "projects": Heading("", "{body}项目支出表"),
    "overall_goals": Heading("", "{body}整体支出绩效目标表"),
    "overall_indicators": Heading("", "{body}整体支出绩效指标", unit=""),
    "procurement": Heading("", "{body}政府采购预算"),
    "assets": Heading("", "{body}固定资产占用情况表"),
}
BESIDE_LAST_YEAR = {
    "fund_expenditure": Heading("", "政府性基金预算支出表", columns=COMPARED),
    "capital_expenditure": Heading("", "国有资本经营预算支出表", columns=COMPARED),
}


def whole(layout: Layout, **other: Heading) -> Layout:
    """Return a layout that prints every table there is."""
    return msgspec.structs.replace(layout, tables={**MORE, **layout.tables, **other})


WHOLE = {"hebei": whole(HEBEI), "national": whole(NATIONAL, **BESIDE_LAST_YEAR)}
