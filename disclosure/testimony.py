"""What was found of an edition when it was published, with the answers: written down once, read back for the record."""

from datetime import datetime
from typing import Any, NamedTuple, Self

import msgspec

from disclosure.document import Document
from disclosure.judgement import Kept, Said, judge
from disclosure.models import Edition, EditionEvidence
from disclosure.refusal import RefusalError
from disclosure.signatures import name_of


class Answered(msgspec.Struct, frozen=True):
    """A reason or a waiver as it was given; ``published``: whether a waiver's reason is printed."""

    fingerprint: str
    rule: str
    message: str
    reason: str
    by: str
    account: str
    at: datetime
    published: bool = False

    @classmethod
    def of(cls, row: Any) -> Self:
        """Write an Explanation or a Waiver down."""
        person = {"by": name_of(row.by), "account": row.by.get_username(), "at": row.at}
        said = {"rule": row.rule, "message": row.message, "reason": row.reason}
        return cls(row.fingerprint, **said, **person, published=getattr(row, "published", False))


class Testimony(NamedTuple):
    """The findings at publication, and what was answered to them, by fingerprint."""

    report: Kept
    explanations: dict[str, Answered]
    waivers: dict[str, Answered]

    @classmethod
    def read(cls, evidence: EditionEvidence) -> Self:
        """Read back what was written down."""
        report = msgspec.json.decode(evidence.findings, type=Kept)
        return cls(report, _decoded(evidence.explanations), _decoded(evidence.waivers))

    def answer_to(self, said: Said) -> Answered | None:
        """Return what was answered to a finding."""
        return self.waivers.get(said.fingerprint) or self.explanations.get(said.fingerprint)


def testify(edition: Edition, document: Document) -> EditionEvidence:
    """Write down what is found of the content being published; refuse where an error stands after all."""
    judgement = judge(edition.disclosure, document)
    if judgement.blocking:
        codes = "、".join(item.said.code for item in judgement.blocking)
        message = f"生成文件期间，错误的豁免被撤回：{codes}。没有公开任何内容，请改正或重新豁免后重试。"
        raise RefusalError(message)
    result = judgement.result
    known = ("at", "data_sha256", "rules_sha256", "errors", "warnings", "notes")
    row: EditionEvidence = EditionEvidence.objects.create(
        edition=edition,
        **{name: getattr(result, name) for name in known},
        findings=result.report,
        explanations=_encoded([item.explanation for item in judgement.items]),
        waivers=_encoded([item.waiver for item in judgement.items]),
    )
    return row


def _encoded(rows: list[Any]) -> str:
    return msgspec.json.encode([Answered.of(row) for row in rows if row]).decode()


def _decoded(text: str) -> dict[str, Answered]:
    return {one.fingerprint: one for one in msgspec.json.decode(text, type=list[Answered])}
