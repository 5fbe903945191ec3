"""One fault for each rule about the prose and what other documents get wrong (A, D); what right documents get."""

import msgspec
from faults import ONE, Edit, Fault, fact, words

from disclosure.content import Block, Content

FOREIGN = {"foreign": True}
CODES = {
    "functional": {
        "201": "一般公共服务支出",
        "20101": "人大事务",
        "20803": "社会保险基金补助",
        "208": "社会保障和就业支出",
    }
}


def said(section: str, text: str) -> Edit:
    """Add a paragraph to a section."""

    def edit(content: Content) -> Content:
        sections = tuple(
            msgspec.structs.replace(one, blocks=(*one.blocks, Block(paragraph=text))) if one.key == section else one
            for one in content.sections
        )
        assert sections != content.sections
        return msgspec.structs.replace(content, sections=sections)

    return edit


def silent(content: Content) -> Content:
    """Leave out the tables."""
    return msgspec.structs.replace(content, tables=())


FAULTS: dict[str, Fault] = {
    "A01": Fault(
        "hebei",
        (words("overview", "单位资金327.18万元", "单位资金237.18万元"),),
        around=FOREIGN,
    ),
    "A02": Fault(
        "hebei",
        (words("overview", "预算收入为", "收入总计"), words("overview", "政府性基金预算拨款", "基金预算拨款")),
        around=FOREIGN,
    ),
    "A03": Fault(
        "national",
        (words("overview", "包括：示例2022年市政道路养护6.64", "主要用于：市政道路养护经费6.64"),),
        around=FOREIGN,
    ),
    "A04": Fault("national", (fact("projects.0.name", "关于下达2022年市政道路养护补助的通知"),)),
    "A05": Fault("national", (fact("projects.0.goals", ("中央财政补助资金按时到位。", "省级补助资金及时发放。")),)),
    "A06": Fault("hebei", (), also=("A11", "C15"), around=FOREIGN),
    "A07": Fault("national", (words("overview", "公务用车购置费持平；", ""),)),
    "A08": Fault("hebei", (words("three_public", "公务用车购置及运行费", "公务用车购置及运维费"),)),
    "A09": Fault("hebei", (words("overview", "，主要为上级专项资金和上年结转有变化", ""),)),
    "A10": Fault(
        "hebei",
        (fact("expenditure.basic.public", ONE), fact("operating_costs.total", ONE)),
        around=FOREIGN,
    ),
    "A11": Fault(
        "hebei",
        (words("operating_costs", "共计安排147.32万元，主要用于：办公费", "共计安排147.32万元，用于：茶水费"),),
        around=FOREIGN,
    ),
    "A12": Fault("hebei", (said("overview", "有关情况见支出预算总表。"), silent)),
    "A13": Fault("sample", (words("overview", "国有资本经营预算拨款收入0.00万元，", ""), silent)),
    "A14": Fault(
        "hebei",
        (words("three_public", "预算安排190.53万元，其中", "预算为109.53万元，其中"),),
        around=FOREIGN,
    ),
    "A15": Fault(
        "national",
        (words("performance", "涉及项目支出1121.39万元", "涉及项目支出1112.39万元"),),
        around=FOREIGN,
    ),
    "D01": Fault(
        "national",
        (words("overview", "包括：示例2022年市政道路养护6.64", "主要用于：示例2022年市政道路养护66.40"),),
        around=FOREIGN,
    ),
    "D02": Fault("national", (said("overview", "201一般公共事务支出，由财政拨款安排。"),), around={"codes": CODES}),
    "D03": Fault("national", (said("overview", "用于医疗卫生与计划生育支出。"),)),
    "D05": Fault("national", (said("overview", "差旅费有增减，主要原因是。"),)),
    "D06": Fault("national", (said("overview", "该项支出较上年增长5.2。"),)),
    "D07": Fault(
        "national",
        (said("overview", "差旅费120.00万元，比上年增加20.00万元，增长16.67%。"),),
        around=FOREIGN,
    ),
    "D08": Fault(
        "national",
        (said("overview", "差旅费80.00万元，上年预算100.00万元，增加20.00万元。"),),
        around=FOREIGN,
    ),
    "D09": Fault(
        "national",
        (said("overview", "项目总额100.00万元，其中当年财政拨款60.00万元，上年结转30.00万元。"),),
        around=FOREIGN,
    ),
    "D10": Fault(
        "national", (said("overview", "用于社会保障和就业支出（类）人大事务（款）。"),), around={"codes": CODES}
    ),
    "D11": Fault("national", (said("overview", "差旅费安排12.50。"),)),
    "D12": Fault("national", (said("overview", "该项经费增加（减少），由财政拨款安排。"),)),
}
EXPECTED: dict[str, tuple[str, ...]] = {}
"""By base, the codes of warnings and notes that its clean document rightly gets; never an error."""
