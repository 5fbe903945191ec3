"""One fault for each rule about old words, residues, typos, personal data (C, S, W); what right documents get."""

import msgspec
from faults import Fault, fact, put, words

from disclosure.content import Block, Content, Section
from disclosure.facts import Named

NOTHING = "没有其他需要说明的事项"
SENTENCE = "健全预算执行监控制度，按月通报执行进度，及时纠正偏离绩效目标的支出安排和管理问题。"
BEFORE = Content(
    government=Named("", ""),
    year=2021,
    phase="initial",
    department=Named("", ""),
    unit=None,
    layout="hebei",
    money_unit="万元",
    title="",
    preamble="",
    notice=None,
    sections=(Section("performance", "五", "绩效预算信息", (Block(paragraph=SENTENCE),)),),
    tables=(),
    facts=None,
)
"""What last year's document said, as far as a rule compares it."""


def others(text: str) -> Fault:
    """Say something in 其他需要说明的事项."""
    return Fault("hebei", (words("others", NOTHING, text),))


def performance(old: str, new: str) -> Fault:
    """Say something else among the goals."""
    return Fault("hebei", (words("performance", old, new),))


def one_unit(projects):
    """Give every project to the first unit."""
    return tuple(msgspec.structs.replace(one, unit="示例区住房局（本级）") for one in projects)


FAULTS: dict[str, Fault] = {
    "C01": performance("提高资金使用效益", "落实2018年工作要点"),
    "C03": performance("提高资金使用效益", "扎实开展“两学一做”学习教育"),
    "C04": Fault("hebei", (words("assets", "定期盘点", "空表列示"),)),
    "C05": others("：无此项公开内容，空表列示"),
    "C06": Fault("hebei", (put("assets", 0, "value", None),)),
    "C07": Fault("hebei", (fact("assets.items.0.quantity", "2"),)),
    "C08": others("说明如下：4、……"),
    "C09": performance("健全制度，加强预算执行监控。", SENTENCE * 2),
    "C10": others("一般共预算不变"),
    "C11": Fault("hebei", (fact("projects", one_unit),)),
    "C12": Fault("hebei", (fact("projects.0.purpose", "中央财政补助资金"),)),
    "C13": performance("健全制度，加强预算执行监控。", "一、健全制度"),
    "C14": others("代管示例市建设职业技术学院"),
    "C15": Fault("hebei", (words("others", NOTHING, "另有捐赠5万元"),), around={"foreign": True}),
    "S01": others("公示张三11010519491231002X"),
    "S02": others("请联系张三138-0013-8000"),
    "S03": others("汇至6222021234567890128"),
    "W01": others("按{预算总额}安排"),
    "W02": others("由\ue000某负责"),
    "W03": Fault("hebei", (), around={"unreviewed": ("部门职责",)}),
    "W04": Fault(
        "hebei",
        (words("performance", "健全制度，加强预算执行监控。", SENTENCE),),
        around={"last_content": BEFORE},
    ),
}
EXPECTED: dict[str, tuple[str, ...]] = {}
"""By base, the codes of warnings and notes that its clean document rightly gets; never an error."""
