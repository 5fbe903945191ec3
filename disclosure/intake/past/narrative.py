"""The texts: duties, overall goal, duty goals, safeguards, glossary, other matters."""

import re

from disclosure.intake.past.proposal import DutyGoal, Narrative, Term, Value
from disclosure.intake.past.sections import NUMBERED, Meaning, Section, texts

FIELDS = {
    "主要职责": "responsibilities",
    "职责目标": "objective",
    "绩效目标": "goal",
    "绩效指标": "indicators",
    "绩效标准": "standard",
    "评价标准": "standard",
}
LABEL = re.compile(rf"({'|'.join(FIELDS)})\s*[：:]\s*(.*)", re.DOTALL)
ABOUT_YEAR = re.compile(r"(?:本年度?|今年|\d{4}年)[^。]*(?:新增|购置|购买|处置|配置)[^。]*。?")


def narrative_of(sections: list[Section]) -> Narrative:
    """Return the texts as printed, captions left out."""
    return Narrative(
        duties=texts(sections, Meaning.DUTIES),
        overall_goal=texts(sections, Meaning.OVERALL_GOAL),
        safeguards=texts(sections, Meaning.SAFEGUARDS),
        asset_note=_asset_note(texts(sections, Meaning.ASSETS)),
        other_matters=texts(sections, Meaning.OTHER),
        duty_goals=_duty_goals(texts(sections, Meaning.DUTY_GOALS)),
        glossary=_glossary(texts(sections, Meaning.GLOSSARY)),
    )


def _asset_note(paragraphs: tuple[Value, ...]) -> tuple[Value, ...]:
    found = ((ABOUT_YEAR.search(paragraph.text), paragraph.place) for paragraph in paragraphs)
    return tuple(Value(match[0], place) for match, place in found if match)


def _duty_goals(paragraphs: tuple[Value, ...]) -> tuple[DutyGoal, ...]:
    found: list[DutyGoal] = []
    field = "duty"
    for paragraph in paragraphs:
        label = LABEL.fullmatch(paragraph.text)
        if NUMBERED.match(paragraph.text):
            found.append(DutyGoal(duty=Value(NUMBERED.sub("", paragraph.text, count=1), paragraph.place)))
            field = "duty"
        elif found and label:
            field = FIELDS[label[1]]
            found[-1] = found[-1]._replace(**{field: Value(label[2], paragraph.place)})
        elif found:
            before: Value = getattr(found[-1], field)
            found[-1] = found[-1]._replace(**{field: before._replace(text=f"{before.text}\n{paragraph.text}")})
    return tuple(found)


def _glossary(paragraphs: tuple[Value, ...]) -> tuple[Term, ...]:
    """Part terms from explanations at the first colon; a paragraph without one goes on from the term above."""
    found: list[Term] = []
    for paragraph in paragraphs:
        term, colon, explanation = paragraph.text.replace(":", "：").partition("：")
        if colon and len(term) <= 40:  # noqa: PLR2004 a longer one is a sentence
            name = Value(NUMBERED.sub("", term, count=1).strip(), paragraph.place)
            found.append(Term(name, Value(explanation.strip(), paragraph.place)))
        elif found:
            before = found[-1].explanation
            longer = before._replace(text=f"{before.text}\n{paragraph.text}".strip())
            found[-1] = found[-1]._replace(explanation=longer)
    return tuple(found)
