"""What could not be drawn of an edition, for the supervisor: kept until the file is there."""

from django.db import models
from django.utils import timezone

from budgets.access import Access, Area
from disclosure.enums import FileFormat
from disclosure.models.edition import Edition


class RenderingFailure(models.Model):
    """A form in which an edition could not be drawn the last time somebody tried, and why."""

    access = Access(
        Area.EDITIONS,
        government="edition__disclosure__budget__fiscal_year__government",
        department="edition__disclosure__budget__department",
        unit="edition__disclosure__unit",
    )

    edition = models.ForeignKey(Edition, models.PROTECT, related_name="failures", verbose_name="版次")
    format = models.CharField("格式", max_length=8, choices=FileFormat)
    reason = models.CharField("原因", max_length=300)
    at = models.DateTimeField("时间", default=timezone.now)

    class Meta:
        """One for each format; a later one takes its place."""

        verbose_name = verbose_name_plural = "没有生成的文件"
        ordering = ("edition", "format")
        constraints = (
            models.UniqueConstraint(
                fields=("edition", "format"),
                name="renderingfailure_format_unique",
                violation_error_message="该版次这一格式没有生成的原因已经记录。",
            ),
        )

    def __str__(self) -> str:
        return f"{self.edition}：{self.get_format_display()}未生成"
