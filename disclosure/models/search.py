"""The index of search: what can be found in current editions, and where in it one to three characters stand.

Derived from editions: publication writes it, a correction replaces it, a withdrawal removes it, ``rebuild_search``
makes it anew; nothing else changes it.
"""

from typing import Any

from django.db import models

from budgets.access import Access, Area
from disclosure.enums import SearchKind
from disclosure.models.edition import Edition
from disclosure.models.grams import GramsField

SPAN = 1 << 16
"""How many entries an edition may have: an entry's number is its edition's key times this, plus its place."""

SHELF = 1 << 40
"""How many editions there may be: a leaf's number is its bucket times this, plus its edition's key."""


class SearchSheet(models.Model):
    """An edition that can be found, with how many entries it has of each kind, in the order of kinds.

    Entries stand kind after kind, so that these numbers say of which kind each place is. ``stride`` is how much room
    each entry has where the texts of all are set out one after another. ``grams`` (one or two characters each, by
    number) tells of all editions the few that are worth a look: what stands in its texts, and what in its names.
    """

    access = Access(Area.EDITIONS)

    edition: Any = models.OneToOneField(
        Edition, models.PROTECT, related_name="search_sheet", primary_key=True, verbose_name="版次"
    )
    kinds = models.CharField("各类条目数", max_length=80)
    stride = models.PositiveIntegerField("每条所占位置")
    grams: Any = GramsField("有哪些字")

    class Meta:
        """One for each edition in the index."""

        verbose_name = verbose_name_plural = "可搜索的版次"

    def __str__(self) -> str:
        return f"可搜索：{self.edition_id}"


class SearchEntry(models.Model):
    """Something that can be found, with where it stands; ``words`` is all of it in the form that is compared."""

    access = Access(Area.EDITIONS)

    number = models.BigAutoField("序号", primary_key=True)
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
        """In the order of the document; found by code, as the pages of projects do."""

        verbose_name = verbose_name_plural = "搜索条目"
        ordering = ("number",)
        indexes = (models.Index(fields=("code",), name="searchentry_code"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.title}"


class SearchLeaf(models.Model):
    """The grams of one edition that fall into one bucket, a line each with the places where it stands.

    The number begins with the bucket: what a question reads of all editions stands together in both engines' tables.
    """

    access = Access(Area.EDITIONS)

    number = models.BigAutoField("序号", primary_key=True)
    edition: Any = models.ForeignKey(Edition, models.PROTECT, related_name="+", verbose_name="版次")
    lines = models.TextField("字和位置")

    class Meta:
        """One for each edition and bucket that has any."""

        verbose_name = verbose_name_plural = "搜索索引"
        ordering = ("number",)

    def __str__(self) -> str:
        return f"{self.number // SHELF} {self.edition_id}"
