"""What is stored of disclosures and editions."""

from disclosure.models.audit import AuditResult, Explanation, Waiver
from disclosure.models.disclosure import Disclosure, EmptyTable, GlossaryTerm, Narrative
from disclosure.models.edition import (
    Edition,
    EditionContent,
    EditionLine,
    EditionText,
    Withdrawal,
)
from disclosure.models.file import EditionFile, FileDamagedError
from disclosure.models.intake import ImportRecord, ImportRun

__all__ = [
    "AuditResult",
    "Disclosure",
    "Edition",
    "EditionContent",
    "EditionFile",
    "EditionLine",
    "EditionText",
    "EmptyTable",
    "Explanation",
    "FileDamagedError",
    "GlossaryTerm",
    "ImportRecord",
    "ImportRun",
    "Narrative",
    "Waiver",
    "Withdrawal",
]
