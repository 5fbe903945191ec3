"""C11 to C15: whose figures the document shows, its names, the numbers of its headings, the places of its amounts."""

import re
from collections import Counter
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Problem, Skipped, stated
from disclosure.audit.text import Line, lines
from disclosure.audit.texts import Text, distinct
from disclosure.document import Document

SHORTEST, SEVERAL, PARTS = 8, 2, 3
PART = re.compile(r"中共|.+?(?:自治州|自治县|省|市|县|区)|.+")
NUMBERED = re.compile(r"([一二三四五六七八九十]+)、[^。；;]{1,40}$")
AMOUNT = re.compile(r"(?<![\d.])\d[\d,]*(?:\.(\d+))?万元")
OWN_MONEY = re.compile(r"(?:本|区|县|市)级财政(?!.{0,30}(?:中央|上级|省级|补助|转移支付))[^。；]{0,14}拨付")
FROM_ABOVE = re.compile(r"中央(?:财政|补助|专项|资金)|提前下达|上级(?:补助|专项)|转移支付|省级(?:财政|补助|专项)")


@rule("C11", Family.COMPLETENESS, Severity.WARNING)
def all_units_are_shown(document: Document) -> Iterator[Outcome]:
    """部门预算列示全部所属单位的项目，不只列示本级。"""
    units, projects = document.content.facts.units, document.content.facts.projects
    shown = {project.unit for project in projects if project.unit}
    if document.content.unit or min(len(units), len(projects)) < SEVERAL:
        yield Skipped("不是有多个单位和项目的部门预算")
    elif len(shown) == 1 and next(iter(shown)).rstrip(")）").endswith("本级"):
        rest = len(units) - 1
        said = (
            f"部门预算的{len(projects)}个项目都是“{next(iter(shown))}”的。请补充其余{rest}家单位的数据，或说明已并入。"
        )
        yield Problem(said, (stated(projects[0].amount, projects[0].name, f"goal-{projects[0].code}"),))
    else:
        yield Agreed()


@rule("C12", Family.PROSE, Severity.WARNING)
def glossary_fits_the_money(document: Document) -> Iterator[Outcome]:
    """名词解释中的拨款来源与项目资金来源一致。"""
    names = [f"{one.name}{one.purpose}" for one in document.content.facts.projects]
    above = [name for name in names if FROM_ABOVE.search(name)]
    for line in lines(document, "glossary"):
        found = OWN_MONEY.search(line.text)
        if found and above and re.match(r"[\d、.\s]*(?:一般.{1,4}预算|财政)拨款收入", line.text):
            yield line.problem(
                f"{line.place.words}说拨款收入都由“{found[0]}”，项目中有上级补助资金（{len(above)}个）。请改为包括上级补助。"
            )
    yield Agreed()


@rule("C13", Family.PROSE, Severity.WARNING)
def heading_numbers_do_not_restart(document: Document) -> Iterator[Outcome]:
    """标题编号不重复，上下两级不用同一种编号。"""
    top = [NUMBERED.match(section.heading) for section in document.content.sections]
    if not any(top):
        yield Skipped("各部分标题不用“一、”编号")
        return
    seen: set[int] = set()
    for line in _inner(document):
        if line.section not in seen:
            seen.add(line.section)
            where = line.place.words if line.block >= 0 else "标题"
            yield line.problem(f"{where}“{line.text.strip()}”与上级标题用同一种编号，层级重复。请改用“（一）”。")
    yield Agreed()


def _inner(document: Document) -> Iterator[Line]:
    """Yield headings numbered like sections though they stand inside one, and sections whose number comes again."""
    last = 0
    for number, section in enumerate(document.content.sections):
        found = NUMBERED.match(section.heading)
        position = NUMERALS.get(found[1], 0) if found else 0
        if position and position <= last:
            yield Line(number, -1, section.key, section.heading, "heading", section.heading)
        last = max(last, position)
        yield from (line for line in _of(document, number) if NUMBERED.match(line.text.strip()))


def _of(document: Document, number: int) -> list[Line]:
    return [line for line in lines(document) if line.section == number]


NUMERALS = {word: at for at, word in enumerate("一二三四五六七八九十", 1)}


@rule("C14", Family.PROSE, Severity.WARNING)
def units_are_called_by_their_names(document: Document) -> Iterator[Outcome]:
    """单位名称前后一致，使用机构全称。"""
    texts = distinct(document)
    for unit in document.content.facts.units:
        for short in _shortened(unit.name):
            found = [text for text in texts if _stands_alone(text.text, short, unit.name)]
            if found:
                yield found[0].problem(
                    f"的“{short}”应为“{unit.name}”（共{len(found)}处），单位名称前后不一致。请使用机构全称。"
                )
    yield Agreed()


def _shortened(name: str) -> list[str]:
    """Return the name without each of the regions before its own: 中共甲市乙区委组织部 → 中共乙区委组织部."""
    parts = PART.findall(name)
    if len(parts) < PARTS or len(name) < SHORTEST:
        return []
    left_out = ["".join(parts[:at] + parts[at + 1 :]) for at in range(1, len(parts) - 1)]
    return [short for short in dict.fromkeys(left_out) if short not in name]


def _stands_alone(text: str, short: str, name: str) -> bool:
    return short in text.replace(name, "")


@rule("C15", Family.PROSE, Severity.WARNING)
def amounts_have_two_places(document: Document) -> Iterator[Outcome]:
    """文字中的万元金额小数位数统一，保留两位小数。"""
    if not document.context.foreign:
        yield Skipped("本系统的金额统一保留两位小数")
        return
    first: dict[int, tuple[Text, str]] = {}
    counted: Counter[int] = Counter()
    for text in distinct(document):
        for found in AMOUNT.finditer(text.text):
            places = len(found[1] or "")
            counted[places] += 1
            first.setdefault(places, (text, found[0]))
    if len(counted) > 1:
        text, _ = first[min(first)]
        listed = "、".join(f"“{first[places][1]}”{counted[places]}处" for places in sorted(counted))
        yield text.problem(f"等处的金额小数位数不统一（{listed}）。请都保留两位小数。")
    yield Agreed()
