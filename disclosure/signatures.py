"""The reviews that stand for a draft: those of this round that signed the very content it has now."""

from datetime import date
from typing import Any

import msgspec
from django.utils import timezone

from disclosure.enums import Act, Status
from disclosure.models import Disclosure, Edition, Transition

REVIEWED = (Act.SIGN, Act.APPROVE)


class SignedOff(msgspec.Struct, frozen=True):
    """A review that was signed: which (保密审查, 负责人审签 …), by whom, when, with what conclusion."""

    step: str
    person: str
    on: date
    conclusion: str
    combined: bool = False
    """Whether the person of the step before signed this one too (small departments)."""


def signatures(disclosure: Disclosure) -> list[Transition]:
    """Return the submission and the reviews of this round, in order; none where it has gone back to its clerk."""
    if disclosure.status == Status.DRAFTING:
        return []
    rows = Transition.objects.filter(disclosure=disclosure, round=disclosure.round, act__in=(Act.SUBMIT, *REVIEWED))
    return list(rows.select_related("by"))


def signed_off(disclosure: Disclosure, sha256: str) -> tuple[SignedOff, ...]:
    """Return the reviews of this round that signed content with this hash; an edit voids the others."""
    return tuple(
        SignedOff(Status(row.before).label, name_of(row.by), timezone.localdate(row.at), row.comment, row.combined)
        for row in signatures(disclosure)
        if row.act in REVIEWED and row.content_sha256 == sha256
    )


def frozen(edition: Edition) -> tuple[SignedOff, ...]:
    """Return the reviews an edition was published with."""
    return tuple(
        SignedOff(row.get_step_display(), row.person, row.on, row.conclusion, row.combined)
        for row in edition.sign_offs.order_by("pk")
    )


def name_of(user: Any) -> str:
    """Return how a person is named on record: the full name, else the account's."""
    return str(user.get_full_name() or user.get_username())
