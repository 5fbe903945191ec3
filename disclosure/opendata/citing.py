"""How an edition is cited: an electronic report after GB/T 7714-2015 (4.6), at its address for ever."""

from datetime import datetime

from django.utils.timezone import localtime

from disclosure.models import Edition
from disclosure.opendata.keys import address_of
from disclosure.verifying import code_of

REPORT, DATA = "[R/OL]", "[DS/OL]"
"""Kinds of a source and its carrier (GB/T 7714-2015, annex B): a report, a data set, both online."""


def citation_of(edition: Edition) -> str:
    """Return the text by which an edition is cited; whoever cites adds the day on which it was read."""
    said = [f"第{edition.number}版"]
    if edition.index_number:
        said.append(f"索引号{edition.index_number}")
    said.append(f"验证码{code_of(edition.content_sha256)}")
    what = f"{edition.title}{REPORT}.{','.join(said)}"
    return cited(edition.publisher, what, edition.published_at, address_of(edition))


def cited(who: str, what: str, when: datetime, where: str) -> str:
    """Put the parts of a citation into their order."""
    return f"{who}.{what}.({localtime(when).date().isoformat()}).{where}"
