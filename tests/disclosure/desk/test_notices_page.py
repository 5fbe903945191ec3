"""The page of notices: one's own, unread first, read by POST."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import a_unit
from telling import a_disclosure, a_person

from budgets.enums import Role
from disclosure.models import Notice

PAGE = "/admin/notices/"


@pytest.fixture
def reader(client, db):
    """Somebody signed in."""
    user = get_user_model().objects.create(username="读者", is_staff=True)
    client.force_login(user)
    return user


def tell(user, text: str, disclosure=None, **about) -> Notice:
    """Give somebody a notice."""
    about = {"kind": "returned", "key": text, "at": timezone.now(), **about}
    return Notice.objects.create(user=user, text=text, disclosure=disclosure, **about)


def shown(client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_stranger_is_sent_to_sign_in(client, db):
    assert reverse("notices") == PAGE
    assert client.get(PAGE)["Location"] == f"{reverse('admin:login')}?next={PAGE}"
    assert client.post(PAGE, {"until": 1}).status_code == 302


def test_without_notices_the_page_says_what_it_is_for(client, reader):
    text = shown(client)

    assert "没有通知。" in text
    assert "unread-count" not in text


def test_the_unread_come_first_with_a_way_to_the_disclosure(client, reader, disclosure):
    now = timezone.now()
    tell(reader, "已读的", disclosure, read_at=now)
    tell(reader, "较早的", disclosure, at=now - timedelta(days=1))
    tell(reader, "最新的", disclosure)

    text = shown(client)

    assert text.index("最新的") < text.index("较早的") < text.index("已读的")
    assert text.count(reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])) == 3
    assert text.count('name="notice"') == 2


def test_nobody_sees_or_reads_anothers_notices(client, reader):
    other = get_user_model().objects.create(username="别人", is_staff=True, is_superuser=True)
    foreign, _ = tell(other, "别人的通知"), tell(reader, "自己的通知")

    assert "别人的通知" not in shown(client)
    assert "未读1条，共1条" in shown(client)
    client.post(PAGE, {"notice": foreign.pk})
    client.post(PAGE, {"until": foreign.pk + 100})
    assert Notice.objects.of(other).unread().count() == 1
    assert Notice.objects.of(reader).unread().count() == 0


def test_a_draft_is_deleted_without_showing_what_others_were_told(client, db):
    unit = a_unit("900001", "901", "901001")
    clerk, other = a_person("经办", Role.CLERK, unit), a_person("审核", Role.DEPARTMENT_REVIEWER, unit)
    draft = a_disclosure(unit)
    tell(other, "别人的通知", draft)
    client.force_login(clerk)
    address = reverse("admin:disclosure_disclosure_delete", args=[draft.pk])

    assert "别人的通知" not in shown(client, address)
    assert client.post(address, {"post": "yes"}).status_code == 302
    assert not Notice.objects.exists()


def test_one_is_marked_as_read_by_post_alone(client, reader):
    first, second = tell(reader, "一"), tell(reader, "二")

    client.get(PAGE, {"notice": first.pk})
    assert Notice.objects.unread().count() == 2
    answer = client.post(PAGE, {"notice": first.pk})

    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    assert list(Notice.objects.unread()) == [second]


def test_all_that_were_shown_are_marked_but_not_what_came_since(client, reader):
    last = [tell(reader, text) for text in ("一", "二")][-1]
    assert f'name="until" value="{last.pk}"' in shown(client)
    since = tell(reader, "三")

    client.post(PAGE, {"until": last.pk})

    assert list(Notice.objects.unread()) == [since]


@pytest.mark.parametrize("sent", [{}, {"notice": "x"}, {"notice": "-1"}, {"notice": "9" * 30}])
def test_what_makes_no_sense_marks_nothing_else(client, reader, sent):
    tell(reader, "一")

    assert client.post(PAGE, sent).status_code == 302
    assert Notice.objects.unread().count() == 1


def test_marking_needs_the_token_of_the_form(reader):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(reader)
    notice = tell(reader, "一")

    assert strict.post(PAGE, {"notice": notice.pk}).status_code == 403
    assert Notice.objects.unread().count() == 1


def test_what_is_written_in_a_notice_is_text(client, reader):
    tell(reader, "<b>粗</b>")

    assert "&lt;b&gt;粗" in shown(client)


def test_the_head_of_every_page_counts_the_unread(client, reader):
    for text in ("一", "二"):
        tell(reader, text)

    assert '<span class="unread-count">未读2</span>' in shown(client, reverse("admin:index"))
    assert '<span class="unread-count">未读2</span>' in shown(client, reverse("checkup"))
    assert "unread-count" not in shown(client, "/")


def test_the_page_takes_the_same_queries_for_more_notices(client, reader, disclosure):
    counts = []
    for more in (["一"], ["二", "三"]):
        for text in more:
            tell(reader, text, disclosure)
        with CaptureQueriesContext(connection) as queries:
            shown(client)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 7


def test_a_long_list_has_pages(client, reader):
    for number in range(31):
        tell(reader, f"第{number}件")

    assert "第1页，共2页" in shown(client)
    assert "第0件" in shown(client, f"{PAGE}?p=2")
