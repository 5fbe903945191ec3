"""What is stored of disclosures and editions."""

from disclosure.models.archive import ArchivedDisclosure, ArchivedWithdrawal
from disclosure.models.attachment import Attachment, AttachmentVoid
from disclosure.models.audit import AuditResult, Explanation, Waiver
from disclosure.models.bytes import FileDamagedError
from disclosure.models.carried import CarriedRow
from disclosure.models.claim import RenderingClaim
from disclosure.models.disclosure import Disclosure, EmptyTable, GlossaryTerm, Narrative
from disclosure.models.edition import (
    Edition,
    EditionContent,
    EditionLine,
    EditionText,
    Withdrawal,
)
from disclosure.models.evidence import EditionEvidence
from disclosure.models.exemption import Exemption
from disclosure.models.failure import RenderingFailure
from disclosure.models.file import EditionFile, WithdrawnFile
from disclosure.models.intake import ImportRecord, ImportRun
from disclosure.models.ledger import LedgerEntry, LedgerHead
from disclosure.models.manifest import EditionManifest
from disclosure.models.notice import Notice, NoticeKind
from disclosure.models.presence import Presence
from disclosure.models.search import SearchEntry, SearchLeaf, SearchSheet
from disclosure.models.sign_off import EditionSignOff
from disclosure.models.workflow import Comment, Contribution, Transition, UrgentPublication

__all__ = [
    "ArchivedDisclosure",
    "ArchivedWithdrawal",
    "Attachment",
    "AttachmentVoid",
    "AuditResult",
    "CarriedRow",
    "Comment",
    "Contribution",
    "Disclosure",
    "Edition",
    "EditionContent",
    "EditionEvidence",
    "EditionFile",
    "EditionLine",
    "EditionManifest",
    "EditionSignOff",
    "EditionText",
    "EmptyTable",
    "Exemption",
    "Explanation",
    "FileDamagedError",
    "GlossaryTerm",
    "ImportRecord",
    "ImportRun",
    "LedgerEntry",
    "LedgerHead",
    "Narrative",
    "Notice",
    "NoticeKind",
    "Presence",
    "RenderingClaim",
    "RenderingFailure",
    "SearchEntry",
    "SearchLeaf",
    "SearchSheet",
    "Transition",
    "UrgentPublication",
    "Waiver",
    "Withdrawal",
    "WithdrawnFile",
]
