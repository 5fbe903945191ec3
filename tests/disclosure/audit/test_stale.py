"""C01 in the goals of a project, which may speak of the year in which it was begun: its code says which."""

import msgspec
import pytest
from faults import spoiled

from disclosure.audit import run
from disclosure.audit.texts import LONGEST_QUOTE


def goal_said(code: str, said: str):
    """Return an edit that lets the first goal table be of this project and say this."""

    def edit(content):
        at = next(number for number, table in enumerate(content.tables) if table.key.startswith("goal-"))
        table = msgspec.structs.replace(content.tables[at], key=f"goal-{code}", notes=(said,))
        return msgspec.structs.replace(content, tables=(*content.tables[:at], table, *content.tables[at + 1 :]))

    return edit


@pytest.mark.parametrize(
    ("code", "said", "years"),
    [
        ("13030318P00001", "落实2018年工作要点。", ""),
        ("13030318P00001", "落实2017年工作要点。", "2017年"),
        ("13030318P00001", "落实2018年、2017年工作要点。", "2017年"),
        ("13030319P00001", "落实2018年工作要点。", "2018年"),
        ("1", "落实2018年工作要点。", "2018年"),
    ],
)
def test_the_goals_of_a_project_may_speak_of_the_year_in_its_code(bases, code, said, years):
    document = spoiled(bases["sample"], goal_said(code, said))

    found = [one.message.partition("出现")[2] for one in run(document, ["C01"]).findings]

    quoted = said[said.index(years) :] if years else ""
    assert found == [f"{years}内容，与2022年预算不符（“{quoted}”）。请更新。"] * bool(years)


def test_a_long_text_is_quoted_as_far_as_it_takes_to_find_it(bases):
    said = f"落实2018年工作要点{'，并做好有关工作' * 9}。"

    [found] = run(spoiled(bases["sample"], goal_said("1", said)), ["C01"]).findings

    assert f"（“{said[2 : 2 + LONGEST_QUOTE]}…”）" in found.message
