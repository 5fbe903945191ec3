"""What happened, newest first: publications, corrections and withdrawals, for feed readers."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import feedgenerator

from disclosure.enums import EditionKind
from disclosure.models import Edition, Withdrawal
from disclosure.opendata import address_of, key_of

NEWEST = 100
"""How many entries a feed has."""


class Entry(NamedTuple):
    """Something that happened to an edition."""

    at: datetime
    key: str
    act: str
    edition: Edition
    reason: str


def entries() -> list[Entry]:
    """Return the newest, in two statements."""
    published: QuerySet[Edition] = Edition.objects.order_by("-published_at", "-pk")[:NEWEST]
    gone = Withdrawal.objects.select_related("edition").order_by("-withdrawn_at", "-pk")[:NEWEST]
    found = [
        Entry(one.published_at, "published", "更正" if one.kind == EditionKind.CORRECTION else "公开", one, one.reason)
        for one in published
    ]
    found += [Entry(one.withdrawn_at, "withdrawn", "撤下", one.edition, one.reason) for one in gone]
    return sorted(found, key=lambda entry: (entry.at, entry.edition.pk, entry.key), reverse=True)[:NEWEST]


def atom(title: str, home: str, own: str) -> str:
    """Write the feed (RFC 4287) of a site with that name, home page and address of the feed itself."""
    feed = feedgenerator.Atom1Feed(title, home, "部门预算的公开、更正和撤下", language="zh-CN", feed_url=own)
    for entry in entries():
        address = address_of(entry.edition)
        feed.add_item(
            f"{entry.act}：{entry.edition.title}（第{entry.edition.number}版）",
            address,
            _said(entry),
            author_name=entry.edition.publisher,
            pubdate=entry.at,
            updateddate=entry.at,
            unique_id=f"{address}#{entry.key}",
            categories=[entry.act, str(entry.edition.year)],
        )
    written: str = feed.writeString("utf-8")
    return written


def _said(entry: Entry) -> str:
    reason = f"{entry.act}理由：{entry.reason}。" if entry.reason else ""
    return f"{entry.edition.publisher}{entry.act}了{entry.edition.title}。{reason}版次：{key_of(entry.edition)}。"
