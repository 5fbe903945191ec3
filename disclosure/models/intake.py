"""What was imported: the file, who brought it and when, what it replaced, and where each stored row stands in it."""

from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from budgets.access import Access, Area
from budgets.immutable import Immutable
from disclosure.models.bytes import fetch, put, sha256_of
from disclosure.models.disclosure import Disclosure


class ImportRun(models.Model):
    """One file taken in; its bytes lie in storage under their own hash."""

    access = Access(
        Area.FACTS, "disclosure__budget__fiscal_year__government", "disclosure__budget__department", "disclosure__unit"
    )

    disclosure = models.ForeignKey(Disclosure, models.PROTECT, related_name="imports", verbose_name="预算公开")
    file_name = models.CharField("文件名", max_length=200)
    sha256 = models.CharField("校验值", max_length=64)
    size = models.PositiveIntegerField("字节数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    at = models.DateTimeField("时间")
    added = models.PositiveIntegerField("新增行数")
    changed = models.PositiveIntegerField("修改行数")
    removed = models.PositiveIntegerField("删除行数")
    version = models.PositiveIntegerField("导入后的版本")
    state_sha256 = models.CharField("导入后数据的校验值", max_length=64)
    undone_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        """The newest first."""

        verbose_name = verbose_name_plural = "导入记录"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.file_name}（{timezone.localtime(self.at):%Y-%m-%d %H:%M}）"

    @property
    def storage_name(self) -> str:
        """Name the file in storage by its hash."""
        return f"imports/{self.sha256[:2]}/{self.sha256}{PurePath(self.file_name).suffix.lower()}"

    def keep(self, data: bytes) -> None:
        """Put the file into storage; whatever else lies under its name is replaced."""
        self.sha256, self.size = sha256_of(data), len(data)
        put(self.storage_name, data)

    def read(self) -> bytes:
        """Return the file; raise FileDamagedError when it is not the one that was imported."""
        return fetch(self.storage_name, self.sha256)


class ImportRecord(Immutable):
    """What a run replaced, to be undone, and the sheet and row of each row it stored: JSON, written once."""

    access = Access(
        Area.FACTS,
        "run__disclosure__budget__fiscal_year__government",
        "run__disclosure__budget__department",
        "run__disclosure__unit",
    )

    run: Any = models.OneToOneField(ImportRun, models.PROTECT, related_name="record", verbose_name="导入记录")
    before = models.TextField("导入前的数据")
    trace = models.TextField("各行的出处")

    class Meta:
        """One for each run."""

        verbose_name = verbose_name_plural = "导入内容"

    def __str__(self) -> str:
        return str(self.run)
