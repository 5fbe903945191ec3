"""B07 and B14: words that say something: descriptions, grounds of a value, goals."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.goals_reading import Promise, alike, bare, counted, measured, promised, promises
from disclosure.audit.goals_values import repeats
from disclosure.document import Document
from performance.enums import Operator

USE = re.compile(r"(?:经费|费用|资金|支出|开支|补助|补贴|费)(?:等|等支出|等费用)?$")
VERB = re.compile(
    r"保障|确保|保证|提高|提升|完成|加强|改善|促进|推动|推进|增强|实现|达到|落实|解决|发放|拨付|到位|维护好|优化|满足|健全"
    r"|完善|建成|建立|打造|扩大|丰富|规范|降低|减少|激励|激发|培养|帮助|支持|扶持|做好|开展|服务好|防止|控制|按时|及时"
)
HOLLOW = re.compile(r"^(?:反映|确保|保障|实现|达到|考核|评价|体现)+|(?:的?情况|的?程度|等)$")
SHORTEST, SEVERAL = 4, 3


@rule("B07", Family.GOALS, Severity.WARNING, applies=(counted,))
def words_explain_the_indicator(document: Document) -> Iterator[Outcome]:
    """绩效指标：描述说明怎样衡量，指标值确定依据写计划、标准或上年完成值，都不重复指标名称。"""
    for one in measured(document):
        name, description, basis = (
            bare(text) for text in (one.indicator.name, one.indicator.description, one.indicator.basis)
        )
        if description and solid(description) == solid(name):
            said = "的指标描述与指标名称相同，请说明怎样衡量。"
            yield one.problem(said, "description")
        if basis and solid(basis) in {solid(name), solid(description)}:
            said = f"的指标值确定依据“{one.indicator.basis}”不能与指标名称或描述相同，请填写计划、标准或上年完成值。"
            yield one.problem(said, "basis")
    yield Agreed()


def solid(text: str) -> str:
    """Leave out words that add nothing to a name."""
    return HOLLOW.sub("", text)


@rule("B14", Family.GOALS, Severity.WARNING, applies=(promised,))
def goals_say_what_is_achieved(document: Document) -> Iterator[Outcome]:
    """绩效目标：写明预期产出和效果，不只写项目名称或资金用途，指标值不把数值和效果混在一起。"""
    for promise in promises(document):
        if not promise.project.goals:
            yield promise.problem("没有绩效目标，请写明预期产出和效果。", "绩效目标")
        for goal in promise.project.goals:
            if fault := _empty(promise, goal):
                yield promise.problem(f"的绩效目标“{goal}”{fault}，请写明预期产出和效果。", "绩效目标")
        yield from _mixed(promise)
    yield Agreed()


def _empty(promise: Promise, goal: str) -> str:
    said, name = _core(goal), _core(promise.project.name)
    if said == name or (said and said in name) or alike(said, name, 9, 10):
        return "只写了项目名称"
    if len(bare(goal)) < SHORTEST:
        return "过于简单"
    if VERB.search(goal):
        return ""
    use = _core(promise.project.purpose)
    return "写的是资金用途" if USE.search(bare(goal)) or said == use or alike(said, use, 9, 10) else ""


def _core(text: str) -> str:
    """Leave out the year and what money is called."""
    return re.sub(r"^\d{4}年度?|专项|项目|(?:工作)?经费|资金|费用|等$", "", bare(text))


def _mixed(promise: Promise) -> Iterator[Outcome]:
    every = list(promise.measured)
    template = len(every) >= SEVERAL and len({one.printed for one in every}) == 1
    for one in every:
        value = one.value
        apart = value.number is not None and value.operator != Operator.QUALITATIVE and bare(value.rest)
        if apart and not template and not repeats(value.rest, one.indicator):
            yield one.problem(f"的指标值“{one.printed}”把数值和“{value.rest}”混在一起，请只填数值或只填定性要求。")
