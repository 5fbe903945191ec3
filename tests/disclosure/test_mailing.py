"""Mails: after the commit, without anything of the draft, and never in the way of the act."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone
from factories import a_unit
from telling import a_disclosure, a_person

from budgets.enums import Role
from disclosure import mailing
from disclosure.models import Notice, NoticeKind
from disclosure.notices import notify

UNSAID = "《收支总表》合计518.68万元与附表不符"
UNREACHABLE = "django.core.mail.backends.smtp.EmailBackend"


class ChoosyBackend(EmailBackend):
    """A server that refuses one address."""

    def send_messages(self, messages):
        """Refuse what is addressed to 甲."""
        if messages[0].to == ["甲@example.cn"]:
            raise smtplib.SMTPRecipientsRefused({})
        return super().send_messages(messages)


@pytest.fixture
def unit(db):
    return a_unit("900001", "901", "901001")


@pytest.fixture
def server(settings):
    """Have SMTP configured; tests keep the mails in the outbox."""
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    settings.SITE_URL = "https://yusuan.example.cn/"
    return settings


@pytest.fixture
def tell(unit, django_capture_on_commit_callbacks):
    """Tell people of the department's disclosure, and commit."""
    disclosure = a_disclosure(unit)

    def told(*users, text=UNSAID):
        with django_capture_on_commit_callbacks(execute=True):
            notify(disclosure, NoticeKind.RETURNED, text, to=users)
            assert mail.outbox == []
        return disclosure

    return told


def test_a_mail_goes_out_after_the_commit_and_is_noted(unit, server, tell):
    disclosure = tell(a_person("甲", Role.CLERK, unit, first_name="王甲"))

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == (
        ["甲@example.cn"],
        "【部门预算公开平台】退回：901 部门9012022年预算公开",
    )
    assert sent.body == (
        "王甲，您好：\n\n"
        "您有一条新通知：退回。\n"
        "事项：901 部门9012022年预算公开\n"
        "状态：填报中\n"
        "公开期限：2026年2月18日\n"
        f"请登录查看和办理：https://yusuan.example.cn/admin/disclosure/disclosure/{disclosure.pk}/change/\n\n"
        "本邮件由部门预算公开平台自动发出，请勿回复。"
    )
    assert sent.content_subtype == "plain"
    assert Notice.objects.get().mailed_at is not None


def test_nothing_of_the_draft_is_in_a_mail(unit, server, tell):
    tell(a_person("甲", Role.CLERK, unit))

    [sent] = mail.outbox
    assert "518.68" not in str(sent.message())
    assert UNSAID not in sent.subject + sent.body
    assert Notice.objects.get().text == UNSAID


def test_everybody_gets_a_mail_of_their_own(unit, server, tell):
    tell(a_person("甲", Role.CLERK, unit), a_person("乙", Role.CLERK, unit))

    assert sorted(sent.to for sent in mail.outbox) == [["乙@example.cn"], ["甲@example.cn"]]


def test_without_smtp_no_mail_is_tried(unit, settings, tell):
    settings.EMAIL_BACKEND = "no.such.Backend"

    tell(a_person("甲", Role.CLERK, unit))

    assert settings.EMAIL_HOST == ""
    assert Notice.objects.get().mailed_at is None


def test_whoever_has_no_address_or_is_gone_gets_no_mail(unit, server, tell):
    tell(a_person("甲", Role.CLERK, unit, email=""), a_person("乙", Role.CLERK, unit, is_active=False))

    assert mail.outbox == []
    assert Notice.objects.filter(mailed_at=None).count() == 2


def test_a_server_out_of_reach_stops_nothing_and_is_tried_again(unit, server, tell, caplog):
    works = server.EMAIL_BACKEND
    server.EMAIL_BACKEND = UNREACHABLE
    tell(a_person("甲", Role.CLERK, unit), a_person("乙", Role.CLERK, unit))
    assert "邮件服务器127.0.0.1不能连接，2条通知的邮件没有发出，下次再试" in caplog.text
    assert Notice.objects.filter(mailed_at=None).count() == 2

    server.EMAIL_BACKEND = works

    assert mailing.send(mailing.waiting()) == 2
    assert mailing.send(mailing.waiting()) == 0
    assert len(mail.outbox) == 2


def test_one_refused_address_does_not_stop_the_others(unit, server, tell, caplog):
    server.EMAIL_BACKEND = f"{ChoosyBackend.__module__}.ChoosyBackend"

    tell(a_person("甲", Role.CLERK, unit), a_person("乙", Role.CLERK, unit))

    assert [sent.to for sent in mail.outbox] == [["乙@example.cn"]]
    assert [one.user.username for one in Notice.objects.filter(mailed_at=None)] == ["甲"]
    assert "的邮件没有发出，下次再试" in caplog.text


def test_a_line_break_in_an_address_is_no_way_into_a_mail(unit, server, tell):
    tell(a_person("甲", Role.CLERK, unit, email="a@example.cn\nBcc: b@example.cn"))

    assert mail.outbox == []


def test_what_was_read_or_is_old_is_not_mailed_any_more(unit, server, tell):
    server.EMAIL_BACKEND = UNREACHABLE
    tell(a_person("甲", Role.CLERK, unit), a_person("乙", Role.CLERK, unit))
    now = timezone.now()

    Notice.objects.filter(user__username="甲").update(read_at=now)
    Notice.objects.filter(user__username="乙").update(at=now - timedelta(days=8))

    assert list(mailing.waiting()) == []


def test_a_notice_about_no_disclosure_leads_to_the_notices(unit, server, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        notify(None, NoticeKind.REMINDER, "请核对。", to=[a_person("甲", Role.CLERK, unit)])

    [sent] = mail.outbox
    assert sent.subject == "【部门预算公开平台】催办"
    assert "请登录查看和办理：https://yusuan.example.cn/admin/notices/" in sent.body
