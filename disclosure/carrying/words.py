"""Last year's words in this year's draft: years that stand for the budget year become tokens, typed amounts blanks."""

import re

from disclosure.audit.stale import CITED

AMOUNT = re.compile(
    r"(?<![\d.{:：])\d[\d,，]*(?:\.\d+)?(?=\s*(?:[千百]?[万亿]元|[千百]?元|[万亿](?=[，。；、：）)]|$)))"
)
ZERO = re.compile(r"0+(?:\.0+)?")
"""Nothing is no amount of last year's: “0万元” is how an empty table is explained."""
BLANK = "＿＿＿"
"""A place to fill in, which no document may be published with (C08)."""
YEAR = re.compile(
    r"(?<!\d)(20\d\d)(?=年度?(?:本?部门|本?单位|财政|收支|收入|支出|项目|一般公共|“三公”经费){0,2}(?:预算|安排|收支))"
)
"""A year that says which budget is meant."""


def blanked(text: str) -> str:
    """Put blanks where somebody typed an amount."""
    return AMOUNT.sub(lambda found: found[0] if ZERO.fullmatch(found[0]) else BLANK, text)


def advanced(text: str, year: int) -> str:
    """Let the words of ``year`` speak of whatever year they stand in: its budget is {年度}'s, the one before {上年}'s.

    Titles of documents keep their years, and so does every year of which nobody can tell what it stands for.
    """
    tokens = {str(year): "{年度}", str(year - 1): "{上年}"}
    bare = CITED.sub(lambda found: "□" * len(found[0]), text)
    for found in reversed([one for one in YEAR.finditer(bare) if one[1] in tokens]):
        text = text[: found.start()] + tokens[found[1]] + text[found.end() :]
    return blanked(text)
