"""The edition a draft would become: its number, address, metadata and reason, checked but not saved."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError

from disclosure.content import Content
from disclosure.document import Document
from disclosure.enums import Act, EditionKind
from disclosure.models import Disclosure, Edition
from disclosure.refusal import RefusalError
from disclosure.workflow.index_numbers import next_index_number


class Order(NamedTuple):
    """An order to publish: which act, by whom, when, and why where it is urgent."""

    act: Act
    by: Any
    at: datetime
    reason: str = ""


def edition_of(disclosure: Disclosure, draft: Document, order: Order) -> Edition:
    """Return the edition to be, checked but not saved."""
    previous = disclosure.editions.current().first()
    owner = disclosure.unit.name if disclosure.unit else disclosure.budget.department.full_name
    edition = Edition(
        disclosure=disclosure,
        number=previous.number + 1 if previous else 1,
        kind=EditionKind.CORRECTION if previous else EditionKind.FIRST,
        supersedes=previous,
        correction_kind=disclosure.correction_kind if previous else "",
        reason=disclosure.correction_reason if previous else "",
        **_address(draft.content),
        index_number=disclosure.index_number or next_index_number(disclosure),
        document_number=disclosure.document_number,
        topic=disclosure.topic,
        publisher=disclosure.publisher or owner,
        composed_on=disclosure.composed_on,
        content_sha256=draft.sha256,
        published_at=order.at,
        published_by=order.by,
    )
    try:
        edition.full_clean()
    except ValidationError as error:
        raise RefusalError("不能公开：" + "；".join(_complaints(error))) from error
    return edition


def _address(content: Content) -> dict[str, Any]:
    unit = content.unit
    return {
        "government_code": content.government.code,
        "year": content.year,
        "phase": content.phase,
        "department_code": content.department.code,
        "department_name": content.department.name,
        "unit_code": unit.code if unit else "",
        "unit_name": unit.name if unit else "",
        "title": content.title,
        "notice": content.notice or "",
    }


def _complaints(error: ValidationError) -> Iterator[str]:
    for field, messages in error.message_dict.items():
        name = "" if field == "__all__" else getattr(Edition._meta.get_field(field), "verbose_name", field)
        yield f"{name}{''.join(messages)}"
