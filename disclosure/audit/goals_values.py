"""B03 to B06: an 指标值 is a sign, a number and a unit, and was chosen for its indicator."""

from collections import Counter
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem
from disclosure.audit.goals_reading import (
    DATE,
    RANGE,
    Measured,
    alike,
    bare,
    counted,
    measured,
    pairs,
)
from disclosure.document import Document
from disclosure.facts import IndicatorFact
from performance.enums import Operator

INDICATORS = (counted,)
FEWEST, FEW = 20, 3
"""From so many numbers on, no more different ones than these few are a template."""


@rule("B03", Family.GOALS, Severity.ERROR, applies=INDICATORS)
def value_has_its_unit(document: Document) -> Iterator[Outcome]:
    """绩效指标：指标值已填写，数值有计量单位，定性指标没有计量单位。"""
    for one in measured(document):
        value = one.value
        if not one.indicator.value.strip():
            yield one.problem("没有填写指标值，请填写。")
        elif value.number is not None and not value.measure:
            yield one.problem(f"的指标值“{one.printed}”缺少计量单位，请补充。")
        elif one.indicator.operator == Operator.QUALITATIVE and one.indicator.measure:
            yield one.problem(f"是定性指标，不填计量单位“{one.indicator.measure}”，请删除或改为数值。")
    yield Agreed()


@rule("B04", Family.GOALS, Severity.ERROR, applies=INDICATORS)
def value_is_not_glued_to_words(document: Document) -> Iterator[Outcome]:
    """绩效指标：指标值只填符号、数值和单位，不在数值后重复指标名称或描述。"""
    for one in measured(document):
        rest = one.value.rest
        if one.value.number is not None and repeats(rest, one.indicator):
            said = f"的指标值“{one.printed}”只填“符号+数值+单位”，“{rest}”应放在指标描述。"
            yield one.problem(said)
    yield Agreed()


def repeats(rest: str, indicator: IndicatorFact) -> bool:
    """Tell whether the words behind a number are those of the indicator itself."""
    if not pairs(rest):
        return False
    own = (indicator.name, indicator.description, indicator.basis)
    return any(bare(rest) in bare(text) or alike(rest, text, 1, 2) for text in own)


@rule("B05", Family.GOALS, Severity.ERROR, applies=INDICATORS)
def value_has_its_sign(document: Document) -> Iterator[Outcome]:
    """绩效指标：数值前有比较符号（≥、＞、＝、＜、≤），符号后是数值，定性指标不填数值。"""
    for one in measured(document):
        value = one.value
        if value.number is not None and not value.operator:
            yield one.problem(f"的指标值“{one.printed}”缺少比较符号（≥、＝、≤），请补充。")
        elif value.number is not None and value.operator == Operator.QUALITATIVE:
            yield one.problem(f"的指标值“{one.printed}”是数值，却标为定性，请改用比较符号（≥、＝、≤）。")
        elif _sign_without_number(one):
            yield one.problem(f"的指标值“{one.printed}”符号后没有数值，请填写数值或改为定性。")
    yield Agreed()


def _sign_without_number(one: Measured) -> bool:
    text = one.indicator.value
    stated = one.value.number is not None or DATE.search(text) or RANGE.search(text) or not text.strip()
    return not stated and one.value.operator not in ("", Operator.QUALITATIVE)


@rule("B06", Family.GOALS, Severity.WARNING, applies=INDICATORS)
def values_are_not_a_template(document: Document) -> Iterator[Outcome]:
    """绩效指标：各项目的指标值按实际填写，不套用少数几个数值。"""
    numbers = [one for one in measured(document) if one.value.number is not None]
    often = Counter(f"{one.value.operator}{one.value.number}{one.value.measure}" for one in numbers).most_common(FEW)
    within = sum(count for _, count in often)
    if len(numbers) >= FEWEST and within * 10 >= len(numbers) * 9:
        listed = "、".join(f"{said}有{count}个" for said, count in often)
        only = f"全部{len(numbers)}个数值型指标值中{listed}，疑似套用模板，请按项目实际填写。"
        yield Problem(only, numbers[0].problem("").cited)
    yield Agreed()
