"""The daily reminders: whom, when, once."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from factories import a_unit
from telling import APPROVED, a_disclosure, a_person

from budgets.enums import Role
from budgets.models import FiscalYear
from disclosure.enums import Status
from disclosure.models import Disclosure, Exemption, Notice
from disclosure.models.edition import Withdrawal
from disclosure.reminders import remind, unpublished

LAST = date(2026, 2, 18)


@pytest.fixture
def unit(db):
    """A unit with its department's people and the bureau's."""
    unit = a_unit("900001", "901", "901001")
    for name, role in {
        "经办": Role.CLERK,
        "审核": Role.DEPARTMENT_REVIEWER,
        "保密": Role.SECRECY_REVIEWER,
        "签发": Role.SIGNING_HEAD,
    }.items():
        a_person(name, role, unit)
    a_person("财政", Role.BUREAU_REVIEWER, unit, "government")
    a_person("发布", Role.PUBLISHER, unit, "government")
    return unit


def run(left: int) -> str:
    """Run the command with so many days left, and return what it prints."""
    printed = StringIO()
    call_command("send_notices", "--today", f"{LAST - timedelta(days=left)}", stdout=printed)
    return printed.getvalue().strip()


def told() -> list[tuple[str, str]]:
    """List who was told under which key, without the disclosure."""
    return [
        (user, key.rsplit(":", 1)[0])
        for user, key in Notice.objects.order_by("pk").values_list("user__username", "key")
    ]


def test_each_stage_is_told_once(unit):
    disclosure = a_disclosure(unit)

    printed = [run(left) for left in (11, 10, 9, 5, 5, 2, 0)]

    assert printed == [f"新增提醒{count}条，发出邮件0封。" for count in (0, 2, 0, 2, 0, 2, 0)]
    assert [key for user, key in told() if user == "经办"] == [f"due{days}:2026-02-18" for days in (10, 5, 2)]
    assert Notice.objects.first().key == f"due2:2026-02-18:disclosure {disclosure.pk}"


def test_a_missed_day_is_made_up_by_the_nearest_stage_alone(unit):
    a_disclosure(unit)

    assert run(4) == "新增提醒2条，发出邮件0封。"
    assert {key for _, key in told()} == {"due5:2026-02-18"}


def test_the_sentence_says_how_much_time_is_left(unit):
    a_disclosure(unit, status=Status.SIGNING)

    for left in (7, 0, -3):
        run(left)

    texts = list(Notice.objects.filter(user__username="签发").order_by("pk").values_list("kind", "text"))
    name = "901 部门9012022年预算公开"
    assert texts == [
        ("due", f"{name}应在2026年2月18日前公开，还有7天，现在是“负责人审签”。请按时办理。"),
        ("due", f"{name}今天（2026年2月18日）是公开期限的最后一天，现在是“负责人审签”。请今天办理并公开。"),
        ("overdue", f"{name}应在2026年2月18日前公开，已逾期3天，现在是“负责人审签”。请尽快办理并公开。"),
    ]


def test_what_is_overdue_is_told_at_once_and_then_weekly_to_the_bureau_too(unit):
    a_disclosure(unit)

    for late in range(1, 16):
        run(-late)

    keys = ["overdue:2026-02-18", "overdue+1w:2026-02-18", "overdue+2w:2026-02-18"]
    for who in ("财政", "经办", "审核"):
        assert [key for user, key in told() if user == who] == keys
    assert {user for user, _ in told()} == {"财政", "经办", "审核"}


@pytest.mark.parametrize(
    ("status", "who"),
    [
        (Status.DRAFTING, {"经办", "审核"}),
        (Status.DEPARTMENT_REVIEW, {"经办", "审核"}),
        (Status.SECRECY_REVIEW, {"经办", "保密"}),
        (Status.SIGNING, {"经办", "签发"}),
        (Status.BUREAU_REVIEW, {"经办", "财政"}),
        (Status.READY, {"经办", "发布"}),
    ],
)
def test_whoever_has_it_in_hand_is_reminded(unit, status, who):
    a_disclosure(unit, status=status)

    run(10)

    assert {user for user, _ in told()} == who


def test_whoever_gets_it_later_is_reminded_of_the_same_stage(unit):
    disclosure = a_disclosure(unit)
    run(10)
    Disclosure.objects.filter(pk=disclosure.pk).update(status=Status.SIGNING)

    run(9)

    assert [user for user, _ in told()][2:] == ["签发"]


def test_a_new_approval_date_starts_a_new_clock(unit):
    disclosure = a_disclosure(unit)
    run(10)
    Disclosure.objects.filter(pk=disclosure.pk).update(approved_on=APPROVED + timedelta(days=5))

    run(5)

    assert [key for user, key in told() if user == "经办"] == ["due10:2026-02-18", "due10:2026-02-23"]


def test_what_has_no_clock_is_left_alone(unit):
    a_disclosure(unit, approved_on=None)

    assert run(-30) == "新增提醒0条，发出邮件0封。"


@pytest.mark.parametrize("whole", [True, False])
def test_what_need_not_be_published_is_left_alone(unit, whole):
    disclosure = a_disclosure(unit, of_unit=True)
    of = {"fiscal_year": disclosure.budget.fiscal_year, "department": unit.department}
    Exemption.objects.create(**of, unit=None if whole else disclosure.unit, kind="exempt", reason="涉密")

    assert run(-30) == "新增提醒0条，发出邮件0封。"


def test_a_closed_year_is_left_alone(unit):
    a_disclosure(unit)
    FiscalYear.objects.filter(government__code="900001").update(is_open=False)

    assert remind(LAST) == 0


def test_what_is_published_is_left_alone_until_it_is_withdrawn(disclosure, edition):
    Disclosure.objects.filter(pk=disclosure.pk).update(approved_on=APPROVED)
    before = disclosure in unpublished()

    Withdrawal.objects.create(
        edition=edition, withdrawn_at=timezone.now(), withdrawn_by=edition.published_by, reason="内容有误"
    )

    assert (before, disclosure in unpublished()) == (False, True)


def test_a_units_own_people_are_reminded_of_its_disclosure(unit):
    a_person("单位经办", Role.CLERK, unit, "unit")
    a_disclosure(unit, of_unit=True)

    run(10)

    assert {user for user, _ in told()} == {"单位经办", "审核"}


def test_reminders_take_the_same_queries_for_each_disclosure(unit):
    counts = []
    for code in ("901001", "902001", "903001"):
        other = unit if code == "901001" else a_unit("900001", code[:3], code)
        for at in range(0 if other is unit else 3):
            a_person(f"经办{code}{at}", Role.CLERK, other)
        a_disclosure(other)
        Notice.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            remind(LAST)
        counts.append(len([one for one in queries if "SAVEPOINT" not in one["sql"]]))

    assert counts == [1 + 3 * disclosures for disclosures in (1, 2, 3)]


def test_new_and_unsent_mails_go_out_and_only_once(unit, settings):
    a_disclosure(unit)
    run(10)
    settings.EMAIL_HOST = "smtp.example.cn"

    assert [run(5), run(5)] == ["新增提醒2条，发出邮件4封。", "新增提醒0条，发出邮件0封。"]
    assert {sent.subject for sent in mail.outbox} == {"【部门预算公开平台】将到期：901 部门9012022年预算公开"}


def test_a_server_out_of_reach_is_no_failure(unit, settings):
    a_disclosure(unit)
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    assert run(10) == "新增提醒2条，发出邮件0封。"


def test_today_is_the_day_when_none_is_given(unit):
    a_disclosure(unit, approved_on=timezone.localdate() - timedelta(days=19))

    call_command("send_notices", stdout=StringIO())

    assert {key.split(":")[0] for _, key in told()} == {"due2"}


def test_a_day_that_is_none_is_refused(db):
    with pytest.raises(CommandError, match="日期“2月8日”无效，请写成 2026-02-08 的形式。"):
        call_command("send_notices", "--today", "2月8日")
