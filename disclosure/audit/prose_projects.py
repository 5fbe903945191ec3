"""A03 to A05, D01 and D09: projects as the text names them, and as their goal tables do."""

import re
from collections.abc import Iterator
from decimal import Decimal
from difflib import SequenceMatcher
from typing import NamedTuple

from budgets.money import ZERO
from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped, said
from disclosure.audit.mentions import Mention, free, off, sentences
from disclosure.audit.text import Line, bodies
from disclosure.document import Document
from disclosure.facts import ProjectFact

HEAD = re.compile(r"项目支出$")
LISTING = re.compile(r"项目支出(?:主要)?(?:包括|用于)")
NOTICE = re.compile(
    r"关于.*的?(?:通知|批复|函|意见|决定|请示|报告)$|^(?:转发|印发)|^关于(?:结算)?(?:提前)?(?:下达|拨付|安排|追加)"
)
CENTRAL, PROVINCIAL, CITY = re.compile(r"中央"), re.compile(r"省级|升级补助|省财政"), re.compile(r"市级|市财政")
LEVELS = {"中央": CENTRAL, "省级": PROVINCIAL, "市级": CITY}
FUNDS = re.compile(r"[^，。；、]*(?:补助|资金|财政)[^，。；、]*")
PROJECT_TOTAL = re.compile(
    r"(?:项目|资金)(?:预算)?(?:总额|总预算|总投资|资金总额|预算数)|^项目(?:预算)?(?:资金)?$|预算总额"
)
PART = re.compile(r"财政(?:拨款|资金)|结转|其他资金|单位资金|自筹|上级(?:补助|资金)")
NO_LIST = "文字中没有另行列举项目"
NO_GOALS = "没有项目绩效目标表可以对照"


class Pair(NamedTuple):
    """A project of the text and the same project's goal table, None where none is found."""

    mention: Mention
    goal: ProjectFact | None


def bare(name: str) -> str:
    """Return a project's name without what people vary: spaces, quotes, the shape of brackets, a closing 项目."""
    return re.sub(r"[\s“”\"'《》]", "", name).replace("(", "（").replace(")", "）").removesuffix("项目")


def _listed(document: Document) -> list[Mention]:
    """Return the projects that a sentence names after 项目支出 and before a semicolon's next subject."""
    found: list[Mention] = []
    for sentence in sentences(document, free(document, "overview", "unknown")):
        heads = [-1] if LISTING.search(sentence.mentions[0].before) else []
        heads += [n for n, one in enumerate(sentence.mentions) if HEAD.search(one.name) and not one.change]
        after = sentence.mentions[heads[-1] + 1 :] if heads else ()
        found += [one for one in after if not one.change and one.name and not one.name.endswith("支出")]
    return found


def _pairs(document: Document) -> list[Pair]:
    """Pair by name, then what is left by amount and likeness."""
    mentions = _listed(document)
    left = list(document.content.facts.projects)
    named: dict[int, ProjectFact] = {}
    for at, mention in enumerate(mentions):
        same = next((goal for goal in left if bare(goal.name) == bare(mention.name)), None)
        if same:
            named[at] = same
            left.remove(same)
    for at, mention in enumerate(mentions):
        likest = sorted(left, key=lambda goal: -_alike(mention, goal))
        equal = [goal for goal in likest if not off(goal.amount, mention.yuan, 1)]
        if at not in named and equal:
            named[at] = equal[0]
            left.remove(equal[0])
    return [Pair(mention, named.get(at)) for at, mention in enumerate(mentions)]


def _alike(mention: Mention, goal: ProjectFact) -> int:
    """Count the characters two names have in common, in order."""
    blocks = SequenceMatcher(None, bare(mention.name), bare(goal.name)).get_matching_blocks()
    return sum(block.size for block in blocks)


def _reason(document: Document) -> str | None:
    if not document.content.facts.projects:
        return NO_GOALS
    return None if _listed(document) else NO_LIST


@rule("A03", Family.PROSE, Severity.ERROR, applies=(_reason,))
def projects_have_one_name(document: Document) -> Iterator[Outcome]:
    """文字说明列举的项目与绩效目标表的名称一致。"""
    for mention, goal in _pairs(document):
        if goal is None:
            yield Skipped(f"项目“{mention.name}”没有同名、同金额的绩效目标表")
        elif bare(goal.name) == bare(mention.name):
            yield Agreed()
        else:
            yield mention.line.problem(
                f"项目“{mention.name}”（{said(mention.yuan)}）与绩效目标表“{goal.name}”名称不一致，请统一为项目库名称。"
            )


@rule("A04", Family.PROSE, Severity.WARNING)
def projects_are_no_notices(document: Document) -> Iterator[Outcome]:
    """项目名称不像文件标题（“关于…的通知”“关于下达…”）。"""
    projects = document.content.facts.projects
    if not projects:
        yield Skipped("没有项目")
    for project in projects:
        if NOTICE.search(bare(project.name)):
            yield _goals_line(document).problem(f"项目名称“{project.name}”像文件标题，请改为项目名称。")
        else:
            yield Agreed()


def _goals_line(document: Document) -> Line:
    """Return where to point at for projects: the paragraph that lists them, else the last of the performance part."""
    listed = next((mention.line for mention in _listed(document)), None)
    lines = list(bodies(document, "performance")) or list(bodies(document))
    return listed or (lines[-1] if lines else Line(-1, -1, "", "项目", "", ""))


@rule("A05", Family.PROSE, Severity.WARNING)
def funds_come_from_one_level(document: Document) -> Iterator[Outcome]:
    """同一项目在名称、用途、绩效目标和文字说明中的资金层级（中央、省级、市级）前后一致。"""
    projects = document.content.facts.projects
    if not projects:
        yield Skipped("没有项目")
    spoken = {pair.goal.code: pair.mention.name for pair in _pairs(document) if pair.goal}
    for project in projects:
        levels = [
            _level(words) for words in (spoken.get(project.code, ""), project.name, project.purpose, *project.goals)
        ]
        differing = list(dict.fromkeys(filter(None, levels)))
        if len(differing) > 1:
            named = spoken.get(project.code) or project.name
            yield _goals_line(document).problem(
                f"项目“{named}”（{said(project.amount)}）的资金层级前后不一致（{'、'.join(differing)}），请核对。"
            )
        else:
            yield Agreed()


def _level(words: str) -> str:
    """Return the one level whose funds the words speak of, nothing where there are several or none."""
    spoken = "".join(FUNDS.findall(words))
    found = [level for level, pattern in LEVELS.items() if pattern.search(spoken)]
    return found[0] if len(found) == 1 else ""


@rule("D01", Family.PROSE, Severity.ERROR, applies=(_reason,))
def amounts_are_those_of_the_tables(document: Document) -> Iterator[Outcome]:
    """文字说明列举的项目金额等于绩效目标表的预算数，没有多写、少写一位或写错单位。"""
    for mention, goal in _pairs(document):
        if goal is None:
            yield Skipped(f"项目“{mention.name}”没有同名、同金额的绩效目标表")
        elif not off(mention.yuan, goal.amount, 1):
            yield Agreed()
        else:
            hint = _times(mention.yuan, goal.amount)
            yield mention.line.problem(
                f"项目“{mention.name}”文字为{said(mention.yuan)}，绩效目标表为{said(goal.amount)}{hint}。请核对。"
            )


def _times(left: Decimal, right: Decimal) -> str:
    """Say that one is the other with the point or the unit mistaken."""
    small, large = sorted((abs(left), abs(right)))
    power = next((factor for factor in (10, 100, 1000, 10_000) if small and small * factor == large), None)
    return f"，相差{power}倍，可能写错小数点或单位" if power else ""


@rule("D09", Family.PROSE, Severity.ERROR)
def a_project_is_the_sum_of_its_funds(document: Document) -> Iterator[Outcome]:
    """文字说明的项目总额（项目预算）等于当年财政拨款、上年结转和其他资金之和。"""
    judged = False
    for sentence in sentences(document, bodies(document)):
        found = [one for one in sentence.mentions if not one.change]
        for at, head in enumerate(found):
            parts = [one for one in found[at + 1 :] if PART.search(one.name)]
            if PROJECT_TOTAL.search(head.name) and len(parts) > 1 and parts == found[at + 1 : at + 1 + len(parts)]:
                judged = True
                summed = sum((part.yuan for part in parts), ZERO)
                gap = off(head.yuan, summed, len(parts))
                words = f"项目总额{said(head.yuan)}与各项资金之和{said(summed)}相差{said(gap)}。请核对。"
                yield sentence.line.problem(words) if gap else Agreed()
    if not judged:
        yield Skipped("文字没有说明项目总额的资金来源")
