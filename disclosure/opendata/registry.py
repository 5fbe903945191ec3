"""The list of editions: every one ever published, with what became of it; of a withdrawn one only that it was."""

from collections.abc import Iterator

from disclosure.models import Edition
from disclosure.models.edition import EditionQuerySet
from disclosure.opendata.citing import citation_of
from disclosure.opendata.fields import WHOSE, Field, Value, text, whose
from disclosure.opendata.keys import address_of, key_of
from disclosure.opendata.resources import Resource

CURRENT, SUPERSEDED, WITHDRAWN = "current", "superseded", "withdrawn"


def everything(government: str = "", year: int | None = None) -> EditionQuerySet:
    """Return all editions of a government and of a year, or of all, in the order of addresses and numbers."""
    found = Edition.objects.select_related("withdrawal", "supersedes", "superseded_by")
    wanted = {"government_code": government} if government else {}
    by_year: EditionQuerySet = found.filter(**wanted, **({"year": year} if year else {}))
    return by_year.order_by("government_code", "-year", "phase", "department_code", "unit_code", "number")


def standing(government: str = "", year: int | None = None) -> EditionQuerySet:
    """Return those whose figures are given out: neither corrected nor withdrawn."""
    found: EditionQuerySet = everything(government, year).filter(superseded_by=None, withdrawal=None)
    return found


def status_of(edition: Edition) -> str:
    """Say what became of an edition."""
    if hasattr(edition, "withdrawal"):
        return WITHDRAWN
    return SUPERSEDED if hasattr(edition, "superseded_by") else CURRENT


def _rows(editions: list[Edition]) -> Iterator[tuple[Value, ...]]:
    for edition in editions:
        gone = getattr(edition, "withdrawal", None)
        before = edition.supersedes
        yield (
            *whose(edition, key_of(edition)),
            edition.number,
            status_of(edition),
            edition.title,
            edition.published_at.isoformat(timespec="seconds"),
            key_of(before) if before else "",
            edition.reason,
            gone.withdrawn_at.isoformat(timespec="seconds") if gone else "",
            gone.reason if gone else "",
            edition.index_number,
            edition.publisher,
            edition.content_sha256,
            address_of(edition),
            "" if gone else citation_of(edition),
        )


EDITIONS = Resource(
    "editions",
    "版次",
    "公开过的每个版次一行，包括已更正的和已撤下的。其他各表只有现行版次（status为current）的数据。",
    (
        *WHOSE,
        Field("number", "版次号", "integer"),
        text("status", "状态", "current现行，superseded已更正，withdrawn已撤下"),
        text("title", "标题"),
        Field("published_at", "公开时间", "datetime", "ISO 8601，带时区"),
        text("supersedes", "更正的版次"),
        text("reason", "更正理由"),
        Field("withdrawn_at", "撤下时间", "datetime", "未撤下时空白"),
        text("withdrawal_reason", "撤下理由"),
        text("index_number", "索引号"),
        text("publisher", "发布机构"),
        text("content_sha256", "内容校验值", "document.json中content部分的SHA-256"),
        Field("url", "网址", "string", "这一版次永久的网址"),
        text("citation", "引用格式", "按GB/T 7714—2015，引用时补上引用日期；已撤下的空白"),
    ),
    _rows,
)
