"""S01 to S03: no identity number, mobile number or bank card in anything that is published."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Outcome
from disclosure.audit.kept import once
from disclosure.audit.texts import Text, texts
from disclosure.document import Document

NARROW = str.maketrans("０１２３４５６７８９Ｘｘ－　＋—–", "0123456789Xx- +--")
GAP = r"[ \-]{0,2}"
LONG = re.compile(r"\d(?:[ \-－　—–]{0,2}\d){10}")
"""As many digits as the shortest of the numbers has, whatever their width and what stands between them."""
BEFORE, AFTER = r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z]|\.\d)"
IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{GAP}\d){{16}}{GAP}[0-9Xx](?![0-9A-Za-z])")
OLD_IDENTITY = re.compile(rf"(?<![0-9A-Za-z])[1-9](?:{GAP}\d){{14}}(?![0-9A-Za-z])")
MOBILE = re.compile(
    rf"(?:{BEFORE}|(?<![0-9A-Za-z])(?:\+|00)?86{GAP})1[3-9]\d(?:{GAP}\d){{8}}{AFTER}(?!{GAP}\d|[万亿]|\s*元)"
)
CARD = re.compile(rf"{BEFORE}[3-6](?:{GAP}\d){{15,18}}{AFTER}")
BANK_WORDS = re.compile(r"卡号|账号|帐号|账户|帐户|银行|信用社|开户|储蓄|存折|工资卡|一卡通")
IDENTITY_WORDS = re.compile(r"身份证|证件号|公民身份")
UNION_PAY = "62"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
"""GB 11643-1999: the weights of the first 17 digits, and the check character by the remainder modulo 11."""
PROVINCES = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|[78][123]|91")
SHOWN_ENDS = {18: (6, 4), 15: (6, 3), 11: (3, 4)}


YEARS = range(1900, 2100)
NINE, FEWEST = 9, 3
"""Luhn adds the digits of a doubled digit; a number of fewer different digits is a filler."""


def _bare(found: str) -> str:
    return re.sub(r"[^0-9Xx]", "", found).upper()


def _day(digits: str) -> bool:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year in YEARS
    except ValueError:
        return False


def is_identity(number: str) -> bool:
    """Tell whether 18 characters are an identity number: region, day of birth and check character are right."""
    rest = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:17], strict=True)) % 11
    return bool(PROVINCES.match(number)) and _day(number[6:14]) and CHECKS[rest] == number[17]


def is_old_identity(number: str) -> bool:
    """Tell whether 15 digits may be an identity number of before 1999: region and day of birth are right."""
    return bool(PROVINCES.match(number)) and _day(f"19{number[6:12]}")


def is_card(number: str) -> bool:
    """Tell whether digits end with the check digit of bank cards (Luhn)."""
    doubled = [int(d) * 2 if at % 2 else int(d) for at, d in enumerate(reversed(number))]
    return sum(value - NINE if value > NINE else value for value in doubled) % 10 == 0 and len(set(number)) >= FEWEST


def masked(number: str) -> str:
    """Return a number with its middle hidden, so that a finding does not spread it."""
    head, tail = SHOWN_ENDS.get(len(number), (4, 4))
    return f"{number[:head]}{'*' * (len(number) - head - tail)}{number[-tail:]}"


def near(text: str, start: int, words: re.Pattern[str]) -> bool:
    """Tell whether one of ``words`` stands shortly before ``start``."""
    return words.search(text[max(0, start - 30) : start]) is not None


def identities(text: str) -> Iterator[str]:
    """Yield the identity numbers in a text; the old form of 15 digits only where the text calls it one."""
    text = text.translate(NARROW)
    yield from (number for found in IDENTITY.finditer(text) if is_identity(number := _bare(found[0])))
    for found in OLD_IDENTITY.finditer(text):
        if near(text, found.start(), IDENTITY_WORDS) and is_old_identity(number := _bare(found[0])):
            yield number


def mobiles(text: str) -> Iterator[str]:
    """Yield the mobile numbers in a text, without the code of the country."""
    return (_bare(found[0])[-11:] for found in MOBILE.finditer(text.translate(NARROW)))


def cards(text: str) -> Iterator[str]:
    """Yield the bank cards in a text: 银联 (62) by its check digit, others only beside a word about banks."""
    text = text.translate(NARROW)
    for found in CARD.finditer(text):
        number = _bare(found[0])
        known = number.startswith(UNION_PAY) or near(text, found.start(), BANK_WORDS)
        if known and is_card(number) and not any(identities(number)):
            yield number


def _found(document: Document, search: Callable[[str], Iterator[str]], name: str) -> Iterator[Outcome]:
    for text in _long(document):
        yield from (_problem(text, number, name) for number in search(text.text))


@once
def _long(document: Document) -> tuple[Text, ...]:
    return tuple(text for text in texts(document) if LONG.search(text.text))


def _problem(text: Text, number: str, name: str) -> Outcome:
    return text.problem(f"有{name}“{masked(number)}”。个人信息不得公开，请删除。")


@rule("S01", Family.PRIVACY, Severity.ERROR)
def no_identity_numbers(document: Document) -> Iterator[Outcome]:
    """公开内容没有居民身份证号码。"""
    yield from _found(document, identities, "身份证号")


@rule("S02", Family.PRIVACY, Severity.ERROR)
def no_mobile_numbers(document: Document) -> Iterator[Outcome]:
    """公开内容没有个人手机号码。"""
    yield from _found(document, mobiles, "手机号")


@rule("S03", Family.PRIVACY, Severity.ERROR)
def no_bank_cards(document: Document) -> Iterator[Outcome]:
    """公开内容没有银行卡号。"""
    yield from _found(document, cards, "银行卡号")
