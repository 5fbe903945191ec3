"""One fault for each rule about completeness, publication and plausibility (K, P); what right documents get."""

from datetime import date
from decimal import Decimal

import msgspec
from faults import Fault, put

from disclosure.content import Block
from disclosure.facts import Controlled
from disclosure.signatures import SignedOff

DAY = date(2022, 2, 1)


def section(key, **changes):
    """Replace attributes of a section."""

    def edit(content):
        replaced = (msgspec.structs.replace(one, **changes) if one.key == key else one for one in content.sections)
        return msgspec.structs.replace(content, sections=tuple(replaced))

    return edit


SECRECY = SignedOff("保密审查", "审查人", DAY, "可以公开")
FAULTS: dict[str, Fault] = {
    "K01": Fault("sample", (), around={"approved_on": date(2022, 1, 1), "today": DAY}),
    "K03": Fault("hebei", (section("duties", blocks=()),)),
    "K04": Fault("hebei", (put("general_expenditure", "2210201", "code", "2219901"),)),
    "K07": Fault("sample", (section("operating_costs", blocks=(Block(paragraph="机关运行经费由本级安排。"),)),)),
    "K08": Fault("sample", (section("glossary", blocks=(Block(list=("基本支出：保障机构运转的支出。",)),)),)),
    "K09": Fault("sample", (), around={"sign_offs": (SECRECY,)}),
    "K11": Fault("hebei", (), around={"units_due": ("城乡服务中心",)}),
    "P01": Fault("national", (put("general_expenditure", "2210201", "previous", "1.00"),)),
    "P02": Fault("national", (put("general_expenditure", "2210201", "previous", "0.00"),)),
    "P03": Fault("sample", (), around={"control": (Controlled("一般公共预算·项目", Decimal(5), Decimal(6)),)}),
}
EXPECTED: dict[str, tuple[str, ...]] = {
    "hebei": ("K01", "K08"),
    "national": ("K01", "K08", "P01", "P02"),
    "successor": ("K08", "P01", "P02"),
}
"""By base, the codes of warnings and notes that its clean document rightly gets; never an error."""
