"""The website's own identity: its name, its emblem, and what the law asks of every page's foot."""

from typing import Self

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models

from budgets.access import Access, Area

WEB = URLValidator(schemes=["http", "https"], message="请填写以 http:// 或 https:// 开头的完整网址。")


class SiteIdentity(models.Model):
    """网站信息: one for the whole site, since its codes are issued for the site and not for a government.

    Whatever is blank is left out of the pages. No edition depends on it.
    """

    access = Access(Area.REGISTER)

    only = models.BooleanField("唯一", default=True, unique=True, editable=False)
    name = models.CharField("网站名称", max_length=40, blank=True, help_text="写在每一页上方；不填时用系统设置的名称。")
    emblem = models.CharField("徽标", max_length=80, blank=True, editable=False)
    sponsor = models.CharField("主办单位", max_length=60, blank=True)
    organiser = models.CharField("承办单位", max_length=60, blank=True)
    contact = models.CharField("联系方式", max_length=120, blank=True, help_text="公众可以拨打的电话或收信的邮箱。")
    site_code = models.CharField("网站标识码", max_length=10, blank=True, help_text="政府网站标识码，10位数字。")
    icp_record = models.CharField("ICP备案号", max_length=30, blank=True, help_text="例如冀ICP备05000001号-1。")
    police_record = models.CharField(
        "公安备案号", max_length=30, blank=True, help_text="如冀公网安备13030302000001号。"
    )
    party_mark = models.CharField(
        "党政机关网站标识网址", max_length=300, blank=True, validators=[WEB], help_text="审批后取得的标识页面。"
    )
    mistakes = models.CharField(
        "“政府网站找错”网址",
        max_length=300,
        blank=True,
        validators=[WEB],
        help_text="带有本网站标识码的找错页面。",
    )

    class Meta:
        """One row; codes are written as they were issued."""

        verbose_name = verbose_name_plural = "网站信息"
        constraints = (
            models.CheckConstraint(
                condition=models.Q(only=True),
                name="siteidentity_only_one",
                violation_error_message="网站信息只有一份，请修改已有的一份。",
            ),
            models.CheckConstraint(
                condition=models.Q(site_code="") | models.Q(site_code__regex=r"^[0-9]{10}$"),
                name="siteidentity_code_digits",
                violation_error_message="网站标识码应为10位数字，例如1303030001。",
            ),
            models.CheckConstraint(
                condition=models.Q(icp_record="") | models.Q(icp_record__regex=r"^.ICP备[0-9]{6,10}号(-[0-9]{1,3})?$"),
                name="siteidentity_icp",
                violation_error_message="ICP备案号的写法应如“冀ICP备05000001号-1”。",
            ),
            models.CheckConstraint(
                condition=models.Q(police_record="") | models.Q(police_record__regex=r"^.公网安备[0-9]{14}号$"),
                name="siteidentity_police",
                violation_error_message="公安备案号的写法应如“冀公网安备13030302000001号”（14位数字）。",
            ),
        )

    def __str__(self) -> str:
        return self.name or "网站信息"

    @classmethod
    def current(cls) -> Self:
        """Return what the site says of itself, in one query: what is blank is taken from the settings."""
        return cls.defaults(cls.objects.first())

    @classmethod
    def defaults(cls, found: Self | None = None) -> Self:
        """Fill what is blank of ``found`` from the settings."""
        found = found or cls()
        for field, said in (("name", "SITE_NAME"), ("sponsor", "SITE_SPONSOR"), ("contact", "SITE_CONTACT")):
            setattr(found, field, getattr(found, field) or getattr(settings, said))
        return found

    @property
    def police_number(self) -> str:
        """Return the digits of 公安备案号, by which it is looked up."""
        return "".join(letter for letter in self.police_record if letter.isdigit())

    @property
    def missing(self) -> list[str]:
        """Name what is asked of a government's website and is still blank."""
        asked = [field for field in self._meta.concrete_fields if field.name not in {"id", "only"}]
        return [str(field.verbose_name) for field in asked if not getattr(self, field.name)]
