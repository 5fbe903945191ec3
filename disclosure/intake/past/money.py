"""The amounts of the prose by what they mean: income, spending, named projects, operating costs, “三公”."""

import re
from collections.abc import Iterable, Mapping

from budgets.enums import PreviousRow, Source, ThreePublicItem
from disclosure.intake.past.proposal import Figure, Money, Value
from disclosure.intake.past.prose import Mention, mentions
from disclosure.intake.past.sections import Meaning, Section, texts

CARRIED_OVER = "carried_over"
OPERATING_TOTAL = "operating"
REVENUE: dict[str, str] = {
    Source.GENERAL: r"一般公共预算",
    Source.FUND: r"基金",
    Source.CAPITAL: r"国有资本经营",
    Source.SPECIAL_ACCOUNT: r"财政专户",
    Source.BUSINESS: r"经营收入",
    Source.INSTITUTION: r"事业收入",
    Source.SUPERIOR: r"上级补助",
    Source.SUBORDINATE: r"附属单位上缴",
    CARRIED_OVER: r"结转",
    Source.OTHER: r"其他(?:来源)?收入|单位资金",
    PreviousRow.REVENUE_TOTAL: r"收入(?:预算)?$|收支$",
}
SPENDING: dict[str, str] = {
    PreviousRow.PERSONNEL: r"人员(?:经费|支出)(?:支出)?$",
    PreviousRow.PUBLIC: r"公用(?:经费|支出)(?:支出)?$",
    PreviousRow.BASIC: r"基本支出$",
    PreviousRow.PROJECT: r"项目支出$",
    PreviousRow.TOTAL: r"(?:预算)?(?:总)?支出(?:预算)?$|收支$",
}
THREE_PUBLIC: dict[str, str] = {
    ThreePublicItem.ABROAD: r"因公出国",
    "": r"公务用车购置(?:费)?[及和与、]",
    ThreePublicItem.VEHICLE_PURCHASE: r"公务用车购置",
    ThreePublicItem.VEHICLE_RUNNING: r"公务用车运行|公务用车(?:维护)?费",
    ThreePublicItem.RECEPTION: r"公务接待",
    PreviousRow.THREE_PUBLIC: r"三公",
}


def money_of(sections: list[Section]) -> Money:
    """Return every named amount of the money sections; “比上年增加…” without a name is of the section's total."""
    overview, change = mentions(texts(sections, Meaning.TOTALS)), mentions(texts(sections, Meaning.CHANGE))
    income = _named(mentions(texts(sections, Meaning.INCOME)), "收入")
    spending = _named([*mentions(texts(sections, Meaning.SPENDING)), *change], "支出")
    spent, projects = _spending([*overview, *spending])
    three_public = _named(mentions(texts(sections, Meaning.THREE_PUBLIC)), "“三公”经费")
    return Money(
        revenue=_figures(_known([*overview, *income, *change], REVENUE), REVENUE),
        spending=spent,
        projects=projects,
        operating=_operating(mentions(texts(sections, Meaning.OPERATING))),
        three_public=_figures(three_public, THREE_PUBLIC),
    )


def _named(found: list[Mention], name: str) -> list[Mention]:
    return [
        mention if mention.name.text else mention._replace(name=Value(name, mention.name.place)) for mention in found
    ]


def _known(found: list[Mention], patterns: Mapping[str, str]) -> list[Mention]:
    return [mention for mention in found if key_of(mention.name.text, patterns) is not None]


def key_of(name: str, patterns: Mapping[str, str]) -> str | None:
    """Return what a name means, None where it means nothing known."""
    return next((str(key) for key, pattern in patterns.items() if re.search(pattern, name)), None)


def _figures(found: Iterable[Mention], patterns: Mapping[str, str]) -> tuple[Figure, ...]:
    """Gather amounts, changes and reasons by meaning, else by name."""
    figures: dict[str, Figure] = {}
    for mention in found:
        key = key_of(mention.name.text, patterns) or ""
        known = figures.get(key or mention.name.text, Figure(key, mention.name))
        figures[key or mention.name.text] = _with(known, mention)
    return tuple(figures.values())


def _with(figure: Figure, mention: Mention) -> Figure:
    if not mention.change:
        return figure if figure.amount else figure._replace(amount=mention.amount)
    if figure.change:
        return figure
    return figure._replace(change=mention.amount, reason=mention.reason)


def _spending(found: list[Mention]) -> tuple[tuple[Figure, ...], tuple[Figure, ...]]:
    """Part totals from the projects that are named after 项目支出 in the same paragraph."""
    totals: list[Mention] = []
    projects: list[Figure] = []
    after_projects = ""
    for mention in found:
        key = key_of(mention.name.text, SPENDING)
        if key is not None:
            totals.append(mention)
            after_projects = mention.name.place if key == PreviousRow.PROJECT and not mention.change else ""
        elif after_projects == mention.name.place and mention.name.text and not mention.change:
            projects.append(Figure("", mention.name, mention.amount))
    return _figures(totals, SPENDING), tuple(projects)


def _operating(found: list[Mention]) -> tuple[Figure, ...]:
    """Return the total and each item under its printed name; two items of one name stay two."""
    figures: list[Figure] = []
    for mention in found:
        total = "机关运行" in mention.name.text or not figures or not mention.name.text
        if mention.change:
            figures = [_with(figures[0], mention), *figures[1:]] if total and figures else figures
        else:
            name = mention.name if mention.name.text else Value("机关运行经费", mention.name.place)
            figures.append(Figure(OPERATING_TOTAL if total else "", name, mention.amount))
    return tuple(figures)
