"""One fault for each rule about performance goals (B); what right documents get."""

import msgspec
from faults import Edit, Fault, fact, words

NAMED = "projects.0.indicators"


def same(of: str) -> Edit:
    """Give the second project the first one's goals or indicators."""

    def edit(content):
        return fact(f"projects.1.{of}", getattr(content.facts.projects[0], of))(content)

    return edit


def every(value: str) -> Edit:
    """Promise the same number everywhere."""

    def change(projects):
        return tuple(
            msgspec.structs.replace(
                project,
                indicators=tuple(
                    msgspec.structs.replace(one, value=value) if one.measure else one for one in project.indicators
                ),
            )
            for project in projects
        )

    return fact("projects", change)


FAULTS: dict[str, Fault] = {
    "B01": Fault("hebei", (fact("projects.0.plan.0", None),)),
    "B02": Fault("hebei", (fact("projects.0.plan.2", "100%"),)),
    "B03": Fault("hebei", (fact(f"{NAMED}.1.measure", ""),)),
    "B04": Fault("hebei", (fact(f"{NAMED}.1.value", "95%验收合格率"), fact(f"{NAMED}.1.measure", ""))),
    "B05": Fault("hebei", (fact(f"{NAMED}.1.operator", ""),)),
    "B06": Fault("hebei", (every("90"),), ("B12",)),
    "B07": Fault("hebei", (fact(f"{NAMED}.1.basis", "验收合格率"),)),
    "B08": Fault("hebei", (fact(f"{NAMED}.0.measure", "%"),)),
    "B09": Fault("hebei", (fact(f"{NAMED}.3.operator", "≥"),)),
    "B10": Fault("hebei", (fact(f"{NAMED}.1.name", "参训学员满意度"),)),
    "B11": Fault("hebei", (fact(NAMED, lambda indicators: indicators[:5]),)),
    "B12": Fault("hebei", (same("indicators"),)),
    "B13": Fault("hebei", (same("goals"),)),
    "B14": Fault("hebei", (fact("projects.0.goals", ("2022年市政道路养护",)),)),
    "B15": Fault("hebei", (words("performance", "≥85%且＜95%", "85%至95%"),)),
}
EXPECTED: dict[str, tuple[str, ...]] = {"sample": ("B02", "B11")}
"""By base, the codes of warnings and notes that its clean document rightly gets; never an error."""
