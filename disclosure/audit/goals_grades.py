"""B15: grades of an 评价标准 neither overlap nor leave a number out."""

from collections.abc import Iterator

from disclosure.audit.base import Family, Severity, rule
from disclosure.audit.citing import Agreed, Outcome, Skipped
from disclosure.audit.grades import faults, scales
from disclosure.audit.text import bodies
from disclosure.document import Document


@rule("B15", Family.GOALS, Severity.WARNING)
def grades_meet_without_overlap(document: Document) -> Iterator[Outcome]:
    """评价标准：优、良、中、差各档首尾相接，不重叠，不缺档。"""
    judged = False
    for line in bodies(document):
        for scale in scales(line.text):
            judged = True
            found = list(faults(scale))
            if found:
                said = "；".join(grade.said for grade in scale)
                yield line.problem(f"{line.place.words}的评价标准“{said}”{'，'.join(found)}，请写明各档的起止。")
    yield Agreed() if judged else Skipped("没有写明分档的评价标准")
