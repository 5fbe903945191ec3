"""The index of search: what can be found in current editions, and in which of it each character and pair stands.

Derived from editions: publication writes it, a correction replaces it, a withdrawal removes it, ``rebuild_search``
makes it anew; nothing else changes it.
"""

from typing import Any

from django.db import models

from budgets.access import Access, Area
from disclosure.enums import SearchKind
from disclosure.models.edition import Edition

SPAN = 1 << 16
"""How many entries an edition may have: an entry's number is its edition's key times this, plus its place."""


class SearchEntry(models.Model):
    """Something that can be found, with where it stands; ``words`` is all of it in the form that is compared."""

    access = Access(Area.EDITIONS)

    number = models.BigIntegerField("序号", primary_key=True)
    edition: Any = models.ForeignKey(Edition, models.PROTECT, related_name="search_entries", verbose_name="版次")
    kind = models.CharField("类别", max_length=12, choices=SearchKind)
    title = models.TextField("名称")
    code = models.TextField("编码", blank=True)
    initials = models.TextField("拼音首字母", blank=True)
    place = models.TextField("所在位置", blank=True)
    note = models.TextField("金额", blank=True)
    anchor = models.CharField("页内位置", max_length=100, blank=True)
    body = models.TextField("文字", blank=True)
    words = models.TextField("用于比较的文字")

    class Meta:
        """In the order of the document."""

        verbose_name = verbose_name_plural = "搜索条目"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"


class SearchGram(models.Model):
    """A character or a pair of characters, and the entries of one edition and kind that hold it.

    ``said`` has a bit for each place in the edition, the lowest first; ``named`` has those whose name or code holds it.
    """

    access = Access(Area.EDITIONS)

    gram = models.CharField("字", max_length=2)
    edition: Any = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="版次")
    kind = models.CharField("类别", max_length=12, choices=SearchKind)
    named = models.BinaryField("名称含此字的条目")
    said = models.BinaryField("含此字的条目")

    class Meta:
        """One for each gram, edition and kind; the constraint is the index that search reads."""

        verbose_name = verbose_name_plural = "搜索索引"
        constraints = (
            models.UniqueConstraint(
                fields=("gram", "edition", "kind"),
                name="searchgram_once",
                violation_error_message="这个字在这一版次、这一类别的索引已经有了。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.gram} {self.edition_id}"
