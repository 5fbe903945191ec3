"""S01 to S03 on planted numbers and on clean texts: recall and false alarms, counted."""

import random
from datetime import date, timedelta

import pytest
from faults import spoiled, words

from disclosure.audit import run
from disclosure.audit.privacy import CHECKS, WEIGHTS, cards, identities, mobiles

PLANTED = 400
SAYINGS = (
    "公示人员{}，请核实。",
    "联系人张三（{}）",
    "救助对象身份证号：{}",
    "{}",
    "开户银行及卡号{}；其他略。",
    "见{}等3人",
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
CLEAN = (
    "项目编码13030322P003970100068，预算572.20万元。",
    "项目编码130303220003970100068",
    "索引号：000014349/2022-00058 发布日期2022年2月18日",
    "联系电话：0335-5051234，传真0335-5051235转8013",
    "统一社会信用代码11130303000261234K",
    "资产编号2021061500012345，金额13812345678.00元",
    "2022年1月1日至2022年12月31日安排1090.88万元",
    "招标编号HB2022-1234567890123456",
    "共13812345678元，编号20220301001",
    "预算单位203001，科目2013101、2080501，经济分类30217",
)


def identity(chance):
    day = date(1940, 1, 1) + timedelta(days=chance.randrange(29000))
    body = f"{chance.choice(('130303', '110105', '440106', '650102'))}{day:%Y%m%d}{chance.randrange(1000):03d}"
    return body + CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, body, strict=True)) % 11]


def mobile(chance):
    return f"1{chance.choice('3456789')}{chance.randrange(10**9):09d}"


def card(chance):
    body = f"62{chance.randrange(10**14):014d}"[: chance.choice((15, 16))] + "".join(
        chance.choices("0123456789", k=chance.choice((0, 2)))
    )
    return next(body + end for end in "0123456789" if luhn(body + end))


def luhn(number):
    return sum(sum(divmod(int(d) * (1 + at % 2), 10)) for at, d in enumerate(reversed(number))) % 10 == 0


def dressed(number, chance):
    """Write a number as people do: plain, wide, in groups."""
    how = chance.randrange(4)
    if how == 1:
        return number.translate(WIDE)
    parts = (3, 4) if len(number) == 11 else (6, 8) if len(number) == 18 and chance.random() < 0.5 else (4, 4)
    if how in (2, 3):
        head, middle, tail = number[: parts[0]], number[parts[0] : sum(parts)], number[sum(parts) :]
        return ("-" if how == 2 else " ").join((head, middle, tail))
    return number


@pytest.mark.parametrize(("make", "search"), [(identity, identities), (mobile, mobiles), (card, cards)])
def test_planted_numbers_are_found(make, search):
    chance = random.Random(1999)  # noqa: S311
    planted = [make(chance) for _ in range(PLANTED)]

    found = sum(number in search(chance.choice(SAYINGS).format(dressed(number, chance))) for number in planted)

    print(f"{search.__name__}: 植入{PLANTED}，发现{found}，召回率{found / PLANTED:.2%}")  # noqa: T201
    assert found >= PLANTED * 0.99


def test_clean_texts_raise_no_alarm(bases):
    chance = random.Random(5)  # noqa: S311
    generated = [
        f"项目{chance.randrange(10**20):020d}{chance.choice('ABC')}安排{chance.randrange(10**9)}.{chance.randrange(100):02d}元"
        for _ in range(1000)
    ]
    texts = [*CLEAN, *generated]

    alarms = [text for text in texts if any([*identities(text), *mobiles(text), *cards(text)])]
    found = [one.message for base in bases.values() for one in run(base, ["S01", "S02", "S03"]).findings]

    print(f"个人信息：干净文字{len(texts)}条和{len(bases)}份文件，误报{len(alarms) + len(found)}")  # noqa: T201
    assert (alarms, found) == ([], [])


def test_a_finding_hides_the_middle(bases):
    number = identity(random.Random(3))  # noqa: S311
    bad = spoiled(bases["hebei"], words("others", "没有其他需要说明的事项", f"公示{number}"))

    (finding,) = run(bad, ["S01", "S02", "S03"]).findings

    assert number not in finding.message
    assert f"{number[:6]}********{number[-4:]}" in finding.message


def test_old_numbers_need_their_word():
    assert list(identities("身份证号130303650712001")) == ["130303650712001"]
    assert list(identities("资产编号130303650712001")) == []
