"""What is read of a document once, and the words without which a pattern is not tried."""

import gc
import re
from weakref import ref

import pytest

from disclosure.audit.kept import once
from disclosure.audit.privacy import LONG
from disclosure.audit.residue import MARKS as LEFT_OVER
from disclosure.audit.residue import REMAINS
from disclosure.audit.stale import CAMPAIGNS, NAMES, REPORTED, REPORTS
from disclosure.audit.typos import MARKS as MISSPELT
from disclosure.audit.typos import _misused
from disclosure.document import Document

POLICY_WORDS = """
群众路线教育实践活动 三严三实 两学一做 党的十八大以来 不忘初心、牢记使命主题教育 党的十九大精神 党史学习教育
党纪学习教育
学习贯彻习近平新时代中国特色社会主义思想主题教育 打赢脱贫攻坚战 打好脱贫攻坚战 十三五规划 十四五时期 营改增试点
深化国税地税征管体制改革
"""
REPORT_WORDS = """
全年共完成培训3期 今年招录的 年内取得了 一年来举办2场 去年选派5人 圆满完成了各项工作。 工作不断取得新成效
"""
TEMPLATE_WORDS = """
1、… 2、... 3.。。。 4．．．． …… .. ．． ___
＿＿＿ □□ ??? ？？？ ?？？ ？?？ � [bookmark:a] _Toc1 _GoBack 错误!未 错误！超
Error! #REF! #### （待补充） 【待填】 （待填写） （此处填写） （请填写） （请输入） （请删除）
"""
MISUSED_WORDS = """
截止2021年末 截止目前 帐户 记帐 按装 布署 贯切 惯彻 做为 报消 既使 松驰 渡过五年 定做为 象这样 象如此 截止日期：2020年
"""
POLICY, REPORT = POLICY_WORDS.split(), REPORT_WORDS.split()
TEMPLATES, MISTAKES = TEMPLATE_WORDS.split(), MISUSED_WORDS.split()


def test_a_reading_is_done_once_for_each_document():
    read: list[object] = []
    reading = once(lambda document: read.append(document.content) or len(read))
    one, other = Document("one", None), Document("other", None)

    found = [reading(one), reading(other), reading(one), reading(other)]

    assert (found, read) == ([1, 2, 1, 2], ["one", "other"])


def test_a_reading_is_forgotten_with_its_document():
    reading = once(lambda document: [document.content])
    document = Document("one", None)
    reading(document)
    there = ref(document)

    del document
    gc.collect()

    assert there() is None


@pytest.mark.parametrize("said", TEMPLATES)
def test_remains_of_templates_have_a_mark(said):
    assert any(mark in said for mark in LEFT_OVER)


def test_every_pattern_of_remains_is_among_the_samples():
    assert [of.pattern for of in REMAINS if not any(map(of.search, TEMPLATES))] == []


@pytest.mark.parametrize("said", POLICY)
def test_wording_of_policy_has_a_name(said):
    assert any(name in said for name in NAMES)


def test_every_campaign_is_among_the_samples():
    assert [words for words, _ in CAMPAIGNS if not any(re.search(words, said) for said in POLICY)] == []


@pytest.mark.parametrize("said", REPORT)
def test_reports_have_a_mark(said):
    assert REPORTED.search(said)
    assert any(mark in said for mark in REPORTS)


@pytest.mark.parametrize("said", MISTAKES)
def test_misused_words_have_a_mark(said):
    assert list(_misused(said, 2022))
    assert any(mark in said for mark in MISSPELT)


@pytest.mark.parametrize(
    "number", ["１３８００００００００", "138-0000-0000", "138——0000　0000", "11010119900307 1234"]
)
def test_numbers_of_any_width_are_long(number):
    assert LONG.search(number)
