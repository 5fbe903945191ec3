"""Tokens: names of figures in braces, which layouts and clerks put into their sentences and which stay live.

``{收入合计}`` is an amount, ``{项目:130303…}`` a project's name, ``{项目金额:130303…}`` its money. A token that
resolves to nothing is an error that names it.
"""

import re
from collections.abc import Callable, Iterator

from disclosure.facts import ProjectFact
from disclosure.narrative import amounts, comparisons, lists
from disclosure.narrative.voice import Voice, wan

TOKEN = re.compile(r"[{｛]([^{}｛｝\n]{0,80})[}｝]")
PROJECT = re.compile(r"(项目|项目金额)[:：]\s*([0-9A-Za-z]+)")

TOKENS: dict[str, Callable[[Voice], str | None]] = {
    "年度": lambda voice: str(voice.year),
    "上年": lambda voice: str(voice.year - 1),
    "部门": lambda voice: voice.department,
    "本地区": lambda voice: voice.region,
    "我部门": lambda voice: f"我{voice.body}",
    "本部门": lambda voice: f"本{voice.body}",
    "主体": lambda voice: voice.body,
    "科目目录": lambda voice: voice.code_lists,
    **amounts.TOKENS,
    **comparisons.TOKENS,
    **lists.TOKENS,
}


def resolve(text: str, voice: Voice) -> str:
    """Put figures in place of tokens; one that resolves to nothing stays visible, marked as such."""
    return TOKEN.sub(lambda found: _said(found[1], voice), text)


def _said(name: str, voice: Voice) -> str:
    value = _value(name, voice)
    return f"〔没有“{name}”这一数据〕" if value is None else value


def unresolved(text: str, voice: Voice) -> list[str]:
    """Name the tokens of ``text`` that resolve to nothing."""
    return [found[0] for found in TOKEN.finditer(text) if _value(found[1], voice) is None]


def unknown(text: str, codes: frozenset[str]) -> list[str]:
    """Name the tokens of ``text`` that no document could resolve; ``codes`` are the projects there are."""
    return [found[0] for found in TOKEN.finditer(text) if not _known(found[1].strip(), codes)]


def _known(name: str, codes: frozenset[str]) -> bool:
    project = PROJECT.fullmatch(name)
    return project[2].upper() in codes if project else name in TOKENS


def _value(name: str, voice: Voice) -> str | None:
    name = name.strip()
    if found := PROJECT.fullmatch(name):
        project = next(_projects(voice, found[2].upper()), None)
        if project is None:
            return None
        return project.name if found[1] == "项目" else wan(project.amount)
    token = TOKENS.get(name)
    return token(voice) if token else None


def _projects(voice: Voice, code: str) -> Iterator[ProjectFact]:
    return (project for project in voice.facts.projects if project.code == code)
