"""B10 and B11: indicators stand in the class they measure, and every project has those it needs."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.goals_reading import Measured, counted, measured, promised, promises
from disclosure.audit.goals_signs import BELONGS, COST, EFFECT, NEEDED, OUTPUT, SATISFIED, SIGNS, class_of
from disclosure.document import Document

PARENTS = {**dict.fromkeys(OUTPUT, ("产出",)), **dict.fromkeys(EFFECT, ("效益", "效果")), SATISFIED: ("满意",)}
PARENTS |= {COST: ("产出", "成本")}
DUE = {"产出": OUTPUT, "效益": EFFECT, "服务对象满意度": (SATISFIED,)}


@rule("B10", Family.GOALS, Severity.WARNING, applies=(counted,))
def indicator_is_in_its_class(document: Document) -> Iterator[Outcome]:
    """绩效指标：名称与所属的一级、二级指标类别相符。"""
    for one in measured(document):
        if fault := _parent(one) or misfiled(one):
            said = f"（{one.printed}）列在“{one.indicator.level1}/{one.indicator.level2}”下，{fault}。"
            yield one.problem(said, "level2")
    yield Agreed()


def _parent(one: Measured) -> str:
    level1, parents = one.indicator.level1, PARENTS.get(class_of(one.indicator.level2), ())
    known = any(word in level1 for words in PARENTS.values() for word in words)
    right = not parents or not known or any(word in level1 for word in parents)
    return "" if right else f"二级指标不属于“{level1}”，请核对类别"


def misfiled(one: Measured) -> str:
    """Say to which class an indicator's name belongs, nothing where it may stand in its own."""
    name, kind = one.indicator.name, class_of(one.indicator.level2)
    if not kind:
        return ""
    sign = next((sign for sign in SIGNS if kind not in sign.fits and sign.speaks(name)), None)
    if sign:
        return f"名称衡量的是{sign.said}，与类别不符，应归入{BELONGS[sign.said]}"
    pattern, what = NEEDED.get(kind, ("", ""))
    whole = f"{name}{one.indicator.description}{one.printed}"
    spoken_of = not pattern or re.search(pattern, whole)
    return "" if spoken_of else f"没有{what}，与类别不符，请调整类别或改写指标"


@rule("B11", Family.GOALS, Severity.WARNING, applies=(promised,))
def project_has_the_indicators_due(document: Document) -> Iterator[Outcome]:
    """绩效指标：每个项目都有产出指标、效益指标和服务对象满意度指标。"""
    for promise in promises(document):
        there = {class_of(indicator.level2) for indicator in promise.project.indicators}
        missing = [name for name, classes in DUE.items() if not there.intersection(classes)]
        if missing:
            said = f"缺少{'、'.join(missing)}指标，请补充。" if there else "没有绩效指标，请补充。"
            yield promise.problem(said, "绩效指标")
    yield Agreed()
