"""C01 and C03: years, campaigns and reports of work that belong to an earlier document."""

import re
from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome
from disclosure.audit.kept import once
from disclosure.audit.texts import Text, having, quoted, texts
from disclosure.document import Document

YEAR = re.compile(r"(?<!\d)(20\d\d)\s*年(?!\d|以来|起|至|到|[—–－~～-]|版|修订|修正|[）)》]|之前|以前|前|后|底前)")
CITED = re.compile(r"《[^》]*》|〔\d{4}〕|[（(][^（()）]*\d{4}[^（()）]*号[)）]|“[^”]*(?:计划|规划|纲要|行动)[^”]*”")
"""Titles and numbers of documents keep their year."""
SINCE = re.compile(r"(?:自|从|于|由|始建于|[—–－~～至到-])\s*$")
HISTORY = re.compile(
    r"成立|设立|组建|批准|批复|印发|颁布|颁发|公布|实施|施行|制定|修订|出台|开工|建成|竣工|购置|投入使用|立项|启动|结转"
)
"""What may be told of earlier years: how something came about."""
WRITTEN = ("performance", "duties", "others", "")
"""Where people write of plans: sections of prose; goals stand in tables, outside sections."""
OLDER = 2
"""A plan for a year speaks of it and of the year before; two years back is what an old text says."""


def _years(text: str, before: int) -> list[int]:
    if "20" not in text or not YEAR.search(text):
        return []
    bare = CITED.sub(lambda found: "□" * len(found[0]), text)
    found = [match for match in YEAR.finditer(bare) if before - 15 < int(match[1]) <= before]
    return sorted({int(match[1]) for match in found if not _told(bare, match)})


def _told(text: str, found: re.Match[str]) -> bool:
    clause = re.split(r"[，。；：、]", text[found.end() :])[0][:12]
    return bool(SINCE.search(text[: found.start()])) or bool(HISTORY.match(re.sub(r"^\d+月(\d+日)?", "", clause)))


@once
def _of_people(document: Document) -> tuple[Text, ...]:
    return tuple(text for text in texts(document) if _is_of_people(text))


def _is_of_people(text: Text) -> bool:
    if text.section:
        return text.section in WRITTEN
    return text.place.table.startswith(("goal-", "overall_")) and text.place.column not in ("code", "名称")


@rule("C01", Family.STALENESS, Severity.ERROR)
def no_earlier_years(document: Document) -> Iterator[Outcome]:
    """职责、绩效目标、保障措施等文字不写两年以前的工作。"""
    year = document.content.year
    for text in _of_people(document):
        years = _years(text.text, year - OLDER)
        if years := [one for one in years if one != _first_year(text.place.table)]:
            listed = "、".join(f"{one}年" for one in years)
            yield text.problem(f"出现{listed}内容，与{year}年预算不符（“{_around(text.text, years[0])}”）。请更新。")
    yield Agreed()


def _first_year(table: str) -> int | None:
    """Return the year a project's code carries, which its goals may speak of: the 7th and 8th characters."""
    digits = table.removeprefix("goal-")[6:8] if table.startswith("goal-") else ""
    return int(f"20{digits}") if digits.isdecimal() else None


def _around(text: str, year: int) -> str:
    return quoted(text[text.index(str(year)) :])


CAMPAIGNS = (
    (r"群众路线教育实践活动", 2015),
    (r"三严三实", 2016),
    (r"两学一做", 2019),
    (r"党的十八大(?:精神|以来)?(?!.{0,12}十九|.{0,12}二十)", 2017),
    (r"不忘初心、?牢记使命”?主题教育", 2020),
    (r"党的十九大(?!.{0,12}(?:十九届|二十大))", 2021),
    (r"党的十九大", 2022),
    (r"党史学习教育", 2022),
    (r"学习贯彻习近平新时代中国特色社会主义思想主题教育", 2024),
    (r"党纪学习教育", 2025),
    (r"(?:打赢|打好)脱贫攻坚战", 2021),
    (r"“?十三五”?(?:规划|时期|期间)", 2021),
    (r"“?十四五”?(?:规划|时期|期间)", 2026),
    (r"营改增试点|深化国税地税征管体制改革", 2019),
)
"""Wording of policy, and the last budget year for which it is current."""
NAMES = (
    *("群众路线", "三严三实", "两学一做", "党的十八大", "党的十九大", "主题教育", "党史学习", "党纪学习"),
    *("脱贫攻坚战", "十三五", "十四五", "营改增", "国税地税"),
)
"""One of these stands in each."""
REPORTED = re.compile(
    r"(?:全年|今年|年内|一年来|去年)(?:以来)?[^，。；]{0,12}(?:共?(?:完成|开展|举办|组织|选派|发展|培训|打造)了?[^，。；]{0,16}\d|"
    r"招录的|招录了|取得了)|圆满完成了?[^，。；]{0,20}工作(?=[，。])|[^，。；]{0,12}不断取得新(?:成绩|成效|进展)"
)
"""How a report of work done speaks; a plan says what shall be done."""
REPORTS = ("全年", "今年", "年内", "一年来", "去年", "圆满完成", "不断取得新")
"""One of these stands in each."""


@rule("C03", Family.STALENESS, Severity.WARNING)
def wording_is_this_years(document: Document) -> Iterator[Outcome]:
    """文字不沿用已过时的政策表述，不把工作总结写成年度计划。"""
    suspects = {text.text for text in having(document, *NAMES, *REPORTS)}
    for text in (text for text in _of_people(document) if text.text in suspects):
        old = [match[0] for match in _campaigns(text.text, document.content.year)]
        done = REPORTED.search(text.text) if text.section == "performance" else None
        if old:
            yield text.problem(f"的“{'”、“'.join(old)}”疑似沿用旧年度表述。请确认。")
        if done:
            yield text.problem(f"的“{quoted(done[0])}”像已完成工作的总结，疑似沿用旧年度文字。请确认。")
    yield Agreed()


def _campaigns(text: str, year: int) -> list[re.Match[str]]:
    found = [match for words, last in CAMPAIGNS if year > last and (match := re.search(words, text))]
    return [one for at, one in enumerate(found) if one.start() not in {other.start() for other in found[:at]}]
