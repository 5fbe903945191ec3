"""C10 judged on faults nobody tuned it on: random single errors in standard terms of clean documents."""

import random
from functools import partial

import msgspec
import pytest
from faults import spoiled

from disclosure.audit import run
from disclosure.audit.spelling import typos
from disclosure.audit.typos import _misused

STANDARD = """
一般公共预算 政府性基金预算 国有资本经营预算 财政拨款 机关运行经费 公务用车 公务接待费 因公出国 基本支出 项目支出
人员经费 公用经费 政府采购 绩效目标 固定资产 上年结转 事业单位 监督管理 组织实施 总体绩效目标 服务对象 社会保障
住房保障 预算管理 支出预算 收入预算 主要职责 名词解释 公务员 领导干部 干部队伍 人才队伍 基层党组织 高层次人才 专业化
经济社会发展
"""
TERMS = STANDARD.split()
RIGHT = (
    "公共预算财政拨款机关运行经费出国人员基本支目项固定资产采购绩标上年结转事业单位监"
    "督管理组织实施保障社会住房解释务员干部队伍才层次济展接待用车性金营"
)
WRONG = (
    "功供予蒜才证波宽几官允型径废初帼仁圆机笨之幕象故丁姿铲彩够积表尚念截砖试页丹立间"
    "读馆里祖直时室堡章设汇柱仿结式物园杆步对武材屋词挤占皆代拥东姓今赢"
)
LIKE = dict(zip(RIGHT, WRONG, strict=True))
WANTED = 90
PARTS = ("delete", "replace", "transpose")


def wrong(term: str, how: str, chance: random.Random) -> str:
    at = chance.randrange(len(term) - 1)
    if how == "transpose":
        return term[:at] + term[at + 1] + term[at] + term[at + 2 :]
    if how == "delete":
        at = chance.randrange(1, len(term) - 1)
        return term[:at] + term[at + 1 :]
    places = [number for number, char in enumerate(term) if char in LIKE]
    at = chance.choice(places) if places else at
    return term[:at] + LIKE.get(term[at], "口") + term[at + 1 :]


def replaced(content, number, block, text):
    replace = msgspec.structs.replace
    section = content.sections[number]
    blocks = [*section.blocks]
    blocks[block] = replace(blocks[block], paragraph=text)
    sections = [*content.sections]
    sections[number] = replace(section, blocks=tuple(blocks))
    return replace(content, sections=tuple(sections))


def injected(documents, chance):
    """Yield documents with one error each, and how it was made."""
    spots = [
        (document, number, at, block.paragraph, term)
        for document in documents
        for number, section in enumerate(document.content.sections)
        for at, block in enumerate(section.blocks)
        for term in TERMS
        if term in (block.paragraph or "")
    ]
    while True:
        document, number, at, text, term = chance.choice(spots)
        how = chance.choice(PARTS)
        bad = wrong(term, how, chance)
        if bad != term:
            edit = partial(replaced, number=number, block=at, text=text.replace(term, bad, 1))
            yield spoiled(document, edit), how, term, bad, (number, at)


@pytest.mark.parametrize("seed", [20221127, 7])
def test_most_single_errors_in_standard_terms_are_found(bases, seed):
    chance = random.Random(seed)  # noqa: S311
    clean = [bases["national"], bases["hebei"], bases["sample"]]
    found = dict.fromkeys(PARTS, 0)
    made = dict.fromkeys(PARTS, 0)
    missed = []

    for document, how, term, bad, place in injected(clean, chance):
        places = [c.place for one in run(document, ["C10"]).findings for c in one.cited]
        hit = place in [(one.section, one.block) for one in places]
        made[how] += 1
        found[how] += hit
        missed += [] if hit else [f"{term}→{bad}"]
        if sum(made.values()) == WANTED:
            break
    print(f"C10: 注入{made}，发现{found}，召回率{sum(found.values()) / WANTED:.2%}，漏报{missed}")  # noqa: T201

    assert sum(found.values()) >= WANTED * 7 // 10


def test_right_words_are_not_suspected(bases):
    found = [finding.message for base in bases.values() for finding in run(base, ["C10"]).findings]

    assert found == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("截止时间：2018年12月31日", ["截至时间"]),
        ("截止时间：2030年12月31日", []),
        ("登记台帐，帐户清理", ["账", "账"]),
        ("事项支出和科目收入，市政府收购，全村基层", []),
        ("一般共预算拨款", ["一般公共预算"]),
    ],
)
def test_a_word_is_taken_for_another_only_where_it_is_none(text, right):
    found = [*_misused(text, 2022), *typos(text, frozenset())]

    assert {typo.right for typo in found} == set(right)


@pytest.mark.parametrize("term", ["一般公共预算", "国有资本经营预算", "经济社会发展", "总体绩效目标"])
def test_every_change_over_and_every_gap_inside_a_long_term_is_found_where_it_begins(term):
    swapped = [term[:at] + term[at + 1] + term[at] + term[at + 2 :] for at in range(len(term) - 1)]
    shortened = [term[:at] + term[at + 1 :] for at in range(1, len(term) - 1)]

    found = {wrong: typos(f"加强{wrong}工作。", frozenset()) for wrong in [*swapped, *shortened]}

    assert {
        wrong: {(typo.right, typo.at) for typo in typos} for wrong, typos in found.items() if wrong != swapped[0]
    } == {wrong: {(term, 2)} for wrong in found if wrong != swapped[0]}
    assert (term, 2) in {(typo.right, typo.at) for typo in found[swapped[0]]}
