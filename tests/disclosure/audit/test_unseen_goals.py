"""The rules on goals against faults they were not written for: misfiled indicators, goals of another project."""

from decimal import Decimal
from itertools import pairwise, permutations

import msgspec
import pytest
from faults import fact, spoiled
from unseen_goals import RIGHT, WRONG

from disclosure.audit import run
from disclosure.audit.grades import faults, scales
from disclosure.facts import IndicatorFact

INDICATORS = [line.split("|") for line in RIGHT.split("\n") if line]
GROUPS = dict.fromkeys(("数量", "质量", "时效", "成本"), "产出") | {"服务对象满意度": "满意度"}
GENERIC = ("做好年度各项任务，群众得到实惠。",)


def filed(kind, name, operator, value, measure):
    """Return an indicator as it stands under a class."""
    kind = "服务对象满意度" if kind == "满意度" else kind
    level1 = f"{GROUPS.get(kind, '效益')}指标"
    return IndicatorFact(level1, f"{kind}指标", name, "", operator, value, measure, "")


def named(document, indicators, codes):
    """Return the names that findings give of a project with these indicators."""
    rich = fact("projects.0.amount", Decimal(10) ** 9)
    report = run(spoiled(document, rich, fact("projects.0.indicators", tuple(indicators))), codes)
    return [finding.message.split("指标“")[1].split("”")[0] for finding in report.findings]


def test_indicators_in_their_classes_are_left_alone(bases):
    assert named(bases["hebei"], [filed(*one) for one in INDICATORS], ["B03", "B04", "B05", "B08", "B09", "B10"]) == []


def test_misfiled_indicators_are_found(bases):
    misfiled = [(wrong, *one[1:]) for one in INDICATORS for wrong in WRONG[one[0]]]

    found = named(bases["hebei"], [filed(*one) for one in misfiled], ["B10"])
    costs = named(bases["hebei"], [filed(*one) for one in misfiled if one[0] == "成本"], ["B09"])

    assert len(misfiled) > 400
    assert len(found) / len(misfiled) > 0.85
    assert {one[1] for one in misfiled if one[0] == "成本"} <= {*costs, *found}


def copied(document, to, source):
    """Give a project another's goals, and the other one something general."""
    goals = document.content.facts.projects[source].goals
    return spoiled(document, fact(f"projects.{to}.goals", goals), fact(f"projects.{source}.goals", GENERIC))


@pytest.mark.parametrize("base", ["sample", "hebei"])
def test_goals_of_another_project_are_found_even_where_it_no_longer_has_them(bases, base):
    document = bases[base]
    stating = [at for at, project in enumerate(document.content.facts.projects) if project.goals]
    cases = list(permutations(stating, 2))[::2]

    found = [run(copied(document, to, source), ["B13"]).errors for to, source in cases]
    theirs = [
        any(document.content.facts.projects[to].code in one.message.split("的绩效目标")[0] for one in errors)
        for (to, _), errors in zip(cases, found, strict=True)
    ]

    assert len(cases) > 70
    assert sum(theirs) / len(cases) > 0.8
    assert all(len(errors) <= 1 for errors in found)


@pytest.mark.parametrize("base", ["sample", "hebei"])
def test_goals_two_projects_share_are_found(bases, base):
    document = bases[base]
    stating = [at for at, project in enumerate(document.content.facts.projects) if project.goals]

    for to, source in pairwise(stating):
        goals = document.content.facts.projects[source].goals
        assert len(run(spoiled(document, fact(f"projects.{to}.goals", goals)), ["B13"]).errors) == 1


def test_nearly_the_same_indicators_are_found(bases):
    def change(projects):
        first = projects[3].indicators
        other = (*first[:-1], msgspec.structs.replace(first[-1], name="学员获得感"))
        return (*projects[:6], msgspec.structs.replace(projects[6], indicators=other), *projects[7:])

    [found] = run(spoiled(bases["sample"], fact("projects", change)), ["B12"]).findings

    assert "几乎相同" in found.message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("优：≥95%；良：≥85%且＜95%；中：≥75%且＜85%；差：＜75%。", []),
        ("优：95%以上；良：85%至95%；中：75%至85%；差：75%以下。", ["95%处重叠", "85%处重叠"]),
        ("90分（含）以上为优、80分（含）-90分为良、60分（含）-80分为中、60分以下为差。", []),
        ("优秀:90%-100%；良好：80%-89%；中：70-79%；差：69%以下", []),
        ("大于90%为优；80%-90%为良；70%-80%为中；小于70%为差", ["80%处重叠"]),
        ("10次以上为优；8次为良；5次为中；5次以下为差", ["缺9次的档次", "缺6、7次的档次"]),
        ("优（≥90%）；良（80%-90%）；中（70%-80%）；差（＜70%）", ["90%处重叠", "80%处重叠"]),
        ("90%以上为优；80%以上为良；70%以上为中；70%以下为差", []),
        ("95分以上为优；80-90分为良；60-80分为中；60分以下为差", ["缺90至95之间的档次", "80处重叠"]),
        ("≥90%为优；≥80%且＜90%为良；≥70%且＜80%为中；70%以内为差", ["70%处重叠"]),
        ("≥90%为优；≥80%且＜90%为良；≥70%且＜80%为中；70%以下为差", []),
        ("≥90%为优；≥80%且＜90%为良；≥70%且＜80%为中；70%(含)以下为差", ["70%处重叠"]),
    ],
)
def test_grades_that_overlap_or_leave_a_gap(text, expected):
    assert [fault for scale in scales(text) for fault in faults(scale)] == expected
