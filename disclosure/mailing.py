"""Notices by e-mail, where SMTP is configured: that there is something to look at, never what is in a draft."""

import logging
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.urls import reverse
from django.utils import timezone

from budgets.models import SiteIdentity
from disclosure.clock import due
from disclosure.models import Notice

logger = logging.getLogger(__name__)
TRIED_FOR = timedelta(days=7)
"""How long an unread notice is tried again; what is older is news to nobody."""


def waiting() -> Any:
    """Return the notices that still have to go out."""
    return Notice.objects.unmailed(timezone.now() - TRIED_FOR)


def send(notices: Any) -> int:
    """Mail the notices (a queryset, see :func:`waiting`) and return how many went out; what fails is logged and stays.

    Without SMTP nothing is tried. One connection serves all; a server that cannot be reached is tried once.
    """
    found = list(notices.with_names().select_related("user")) if settings.EMAIL_HOST else []
    if not found:
        return 0
    connection = get_connection()
    try:
        connection.open()
    except OSError:
        logger.exception("邮件服务器%s不能连接，%s条通知的邮件没有发出，下次再试", settings.EMAIL_HOST, len(found))
        return 0
    try:
        return sum(_sent(notice, connection) for notice in found)
    finally:
        connection.close()


def _sent(notice: Notice, connection: Any) -> bool:
    try:
        EmailMessage(subject(notice), body(notice), to=[notice.user.email], connection=connection).send()
    except (OSError, ValueError):  # of SMTP, of the network, of an address that is none
        logger.exception("通知%s的邮件没有发出，下次再试", notice.pk)
        return False
    Notice.objects.filter(pk=notice.pk).update(mailed_at=timezone.now())
    return True


def subject(notice: Notice) -> str:
    """Name the reason and the disclosure."""
    site = SiteIdentity.current().name
    return f"【{site}】{notice.get_kind_display()}{f'：{notice.disclosure}' if notice.disclosure else ''}"


def body(notice: Notice) -> str:
    """Say whom, what, how it stands, until when, and where; the notice's own text stays in the desk."""
    return "\n".join(_lines(notice))


def _lines(notice: Notice) -> Iterable[str]:
    disclosure, page = notice.disclosure, reverse("notices")
    yield f"{notice.user.first_name or notice.user.username}，您好："
    yield ""
    yield f"您有一条新通知：{notice.get_kind_display()}。"
    if disclosure:
        deadline = due(disclosure)
        yield f"事项：{disclosure}"
        yield f"状态：{disclosure.get_status_display()}"
        if deadline:
            yield f"公开期限：{deadline.year}年{deadline.month}月{deadline.day}日"
        page = reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])
    yield f"请登录查看和办理：{settings.SITE_URL.rstrip('/')}{page}"
    yield ""
    yield f"本邮件由{SiteIdentity.current().name}自动发出，请勿回复。"
