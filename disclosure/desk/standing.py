"""How a disclosure stands: everything the page of its steps shows, each asked for once."""

from functools import cached_property

from django.utils import timezone

from disclosure.audit import Severity
from disclosure.board.lacking import Lacking, lacking_of
from disclosure.clock import Clock
from disclosure.desk.clockwords import clock_of, in_words
from disclosure.desk.comparing import Comparison
from disclosure.desk.publicforms import unconfirmed
from disclosure.desk.stages import Stage, stages
from disclosure.document import Document
from disclosure.enums import Status
from disclosure.judgement import Judged, Judgement, judge
from disclosure.models import Comment, Disclosure, Edition, Transition, UrgentPublication
from disclosure.moves import HOLDERS
from disclosure.notices import recipients
from disclosure.readiness import check_submission
from disclosure.refusal import RefusalError
from disclosure.signatures import name_of


class Standing:
    """A disclosure on its way."""

    def __init__(self, disclosure: Disclosure) -> None:
        self.disclosure, self.state = disclosure, Status(disclosure.status)

    @cached_property
    def document(self) -> Document | None:
        """The draft; None where there is nothing but what is published."""
        return None if self.state is Status.PUBLISHED else Document.of(self.disclosure)

    @cached_property
    def editions(self) -> list[Edition]:
        """All editions, in order."""
        return list(self.disclosure.editions.select_related("withdrawal").order_by("number"))

    @cached_property
    def live(self) -> list[Edition]:
        """The editions that were not withdrawn."""
        return [edition for edition in self.editions if not hasattr(edition, "withdrawal")]

    @cached_property
    def current(self) -> Edition | None:
        """The newest edition, where the public reads it."""
        newest = self.editions[-1] if self.editions else None
        return newest if newest in self.live else None

    @cached_property
    def lacking(self) -> Lacking | None:
        """The files that what the public reads has not got yet."""
        return lacking_of(self.current) if self.current else None

    @cached_property
    def urgent(self) -> UrgentPublication | None:
        """The urgent publication that waits for a second person."""
        return unconfirmed(self.disclosure)

    @cached_property
    def transitions(self) -> list[Transition]:
        """Everything that was done, in order."""
        return list(self.disclosure.transitions.select_related("by"))

    @cached_property
    def comments(self) -> list[Comment]:
        """All remarks, the open ones first."""
        rows = self.disclosure.comments.select_related("by", "resolved_by")
        return sorted(rows, key=lambda row: (row.resolved_at is not None, row.pk))

    @property
    def open_comments(self) -> list[Comment]:
        """The remarks nobody has dealt with."""
        return [row for row in self.comments if row.resolved_at is None]

    @cached_property
    def stages(self) -> list[Stage]:
        """The chain."""
        published = self.editions[-1].content_sha256 if self.editions else ""
        sha256 = self.document.sha256 if self.document else published
        return stages(self.disclosure, self.transitions, sha256)

    @cached_property
    def clock(self) -> Clock:
        """The legal clock, which stands still with the first edition."""
        first = timezone.localdate(self.editions[0].published_at) if self.editions else None
        return clock_of(self.disclosure, first)

    @property
    def deadline(self) -> str:
        """The clock in words."""
        return in_words(self.clock)

    @cached_property
    def judgement(self) -> Judgement | None:
        """What the audit says of the draft."""
        return judge(self.disclosure, self.document) if self.document else None

    @property
    def warnings(self) -> list[Judged]:
        """The warnings, and the errors that were waived: what a reviewer has to judge, unexplained ones first."""
        items = self.judgement.items if self.judgement else ()
        found = [item for item in items if item.said.severity is Severity.WARNING or item.waiver]
        return sorted(found, key=lambda item: bool(item.explanation or item.waiver))

    @cached_property
    def obstacle(self) -> str:
        """The first thing in the way of review; blank where there is none, or the draft is past that."""
        if self.document is None or self.state is not Status.DRAFTING:
            return ""
        try:
            check_submission(self.disclosure, self.document)
        except RefusalError as refusal:
            return str(refusal)
        return ""

    @cached_property
    def comparison(self) -> Comparison | None:
        """What the draft says otherwise than what is published."""
        newest = self.live[-1] if self.live else None
        return Comparison.of(self.document, newest) if self.document else None

    @property
    def places(self) -> list[str]:
        """The headings a remark may be about."""
        if self.document is None:
            return []
        content = self.document.content
        return [*(section.heading for section in content.sections), *(table.heading for table in content.tables)]

    @cached_property
    def waits_for(self) -> list[str]:
        """Whoever may take the next step, by name."""
        if self.state is Status.PUBLISHED:
            return []
        return [name_of(user) for user in recipients(self.disclosure, HOLDERS[self.state])]

    @property
    def holder(self) -> str:
        """On whose desk it lies, as a role."""
        return str(HOLDERS[self.state].label)
