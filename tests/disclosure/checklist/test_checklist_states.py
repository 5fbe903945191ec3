"""The state of a part follows from its evidence by one table."""

import pytest

from disclosure.checklist.states import Evidence, State, gathered, state_of

BEGUN = Evidence(started=True)


@pytest.mark.parametrize(
    ("evidence", "state"),
    [
        (Evidence(), State.NOT_STARTED),
        (Evidence(lacks=("没有内容",), errors=2, warnings=1), State.NOT_STARTED),
        (BEGUN, State.DONE),
        (BEGUN._replace(lacks=("还差1个项目",)), State.UNDERWAY),
        (BEGUN._replace(unreviewed=1), State.UNDERWAY),
        (BEGUN._replace(errors=1), State.TROUBLED),
        (BEGUN._replace(warnings=1), State.TROUBLED),
        (BEGUN._replace(errors=1, lacks=("还差1个项目",), unreviewed=3), State.TROUBLED),
        (Evidence(declared="本年没有安排"), State.DONE),
        (Evidence(declared="本年没有安排", unreviewed=1), State.UNDERWAY),
        (Evidence(declared="本年没有安排", errors=1), State.TROUBLED),
        (Evidence(needless="并入本级"), State.NOT_APPLICABLE),
        (Evidence(needless="并入本级", started=True, errors=1), State.TROUBLED),
        (Evidence(needless="并入本级", started=True), State.DONE),
    ],
)
def test_a_part_is_as_far_as_its_evidence_says(evidence, state):
    assert state_of(evidence) is state


@pytest.mark.parametrize(
    ("states", "state"),
    [
        ([], State.NOT_APPLICABLE),
        ([State.NOT_APPLICABLE], State.NOT_APPLICABLE),
        ([State.DONE, State.NOT_APPLICABLE], State.DONE),
        ([State.NOT_STARTED, State.NOT_STARTED], State.NOT_STARTED),
        ([State.DONE, State.NOT_STARTED], State.UNDERWAY),
        ([State.DONE, State.UNDERWAY], State.UNDERWAY),
        ([State.DONE, State.NOT_STARTED, State.TROUBLED], State.TROUBLED),
    ],
)
def test_a_chapter_of_tables_is_as_far_as_they_are(states, state):
    assert gathered(states) is state


def test_every_state_has_words_of_its_own():
    assert [state.label for state in State] == ["未开始", "填写中", "有问题", "已完成", "不适用"]
