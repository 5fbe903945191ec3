"""The page of a disclosure's steps: whose act is shown or refused; nothing typed is lost; what was seen is signed."""

import re
from datetime import date, timedelta

import pytest
from archived import somebody
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from factories import a_unit
from walking import REASON, crew_of, published

from budgets.enums import ADMINISTRATORS, Role
from disclosure import workflow
from disclosure.desk.clockwords import clock_of, in_words
from disclosure.document import Document
from disclosure.enums import Act, Status
from disclosure.models import Comment, Disclosure, Edition, Narrative, Transition, UrgentPublication
from disclosure.sample.crew import explain_all
from disclosure.scopes import remember

WITHIN = (Role.CLERK, Role.DEPARTMENT_REVIEWER, Role.SECRECY_REVIEWER, Role.SIGNING_HEAD)
WHOLE = (Role.BUREAU_REVIEWER, Role.PUBLISHER, Role.EMERGENCY_PUBLISHER, Role.AUDITOR)
SEEN_AT_ALL = dict.fromkeys((*WITHIN, *WHOLE), ((), ()))
OFF = (("withdraw",), ())
HURRIED = ((), ("publish_urgently",))
MATRIX = {
    Status.DRAFTING: {
        Role.CLERK: (("abandon",), ("submit",)),
        Role.BUREAU_REVIEWER: (("abandon", "withdraw"), ()),
        Role.PUBLISHER: OFF,
        Role.EMERGENCY_PUBLISHER: HURRIED,
    },
    Status.DEPARTMENT_REVIEW: {
        Role.CLERK: (("recall",), ()),
        Role.DEPARTMENT_REVIEWER: (("sign", "send_back"), ()),
        Role.BUREAU_REVIEWER: (("send_back", "withdraw"), ()),
        Role.PUBLISHER: OFF,
        Role.EMERGENCY_PUBLISHER: HURRIED,
    },
    Status.SECRECY_REVIEW: {
        Role.SECRECY_REVIEWER: (("sign", "send_back"), ()),
        Role.BUREAU_REVIEWER: (("send_back", "withdraw"), ()),
        Role.PUBLISHER: OFF,
        Role.EMERGENCY_PUBLISHER: HURRIED,
    },
    Status.SIGNING: {
        Role.SIGNING_HEAD: (("sign", "send_back"), ()),
        Role.BUREAU_REVIEWER: (("send_back", "withdraw"), ()),
        Role.PUBLISHER: OFF,
        Role.EMERGENCY_PUBLISHER: HURRIED,
    },
    Status.BUREAU_REVIEW: {
        Role.BUREAU_REVIEWER: (("approve", "send_back", "withdraw"), ()),
        Role.PUBLISHER: OFF,
        Role.EMERGENCY_PUBLISHER: HURRIED,
    },
    Status.READY: {
        Role.BUREAU_REVIEWER: (("send_back", "withdraw"), ()),
        Role.PUBLISHER: (("schedule", "send_back", "withdraw"), ("publish",)),
    },
    Status.PUBLISHED: {
        Role.CLERK: (("correct",), ()),
        Role.BUREAU_REVIEWER: (("correct", "withdraw"), ()),
        Role.PUBLISHER: OFF,
    },
}
"""What each role is shown, and shown as refused (the draft says what is published already); anybody else, nothing."""


@pytest.fixture
def changed(disclosure) -> Disclosure:
    """The draft, opened for correction, with one sentence changed and every warning explained."""
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    explain_all(disclosure, by=crew_of(disclosure)[Role.CLERK], reason=REASON)
    return disclosure


@pytest.fixture
def submitted(changed) -> Disclosure:
    """The changed draft, handed in."""
    workflow.submit(changed, by=crew_of(changed)[Role.CLERK])
    return Disclosure.objects.get(pk=changed.pk)


@pytest.fixture
def reviewer(client, disclosure):
    return signed_in(client, disclosure, Role.DEPARTMENT_REVIEWER)


def signed_in(client, disclosure, role):
    user = somebody(role, disclosure.budget.department, whole=role in WHOLE)
    client.force_login(user)
    return user


def address(disclosure) -> str:
    return reverse("admin:disclosure_steps", args=[disclosure.pk])


def page_of(client, disclosure) -> str:
    response = client.get(address(disclosure))
    assert response.status_code == 200
    return response.content.decode()


def acts(page: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the acts that a page offers, and those it refuses."""
    sections = re.findall(r'<h3 id="act-(\w+)">.*?</section>', page, re.DOTALL)
    bodies = re.findall(r'<h3 id="act-\w+">(.*?)</section>', page, re.DOTALL)
    offered = [key for key, body in zip(sections, bodies, strict=True) if f'value="{key}"' in body]
    return tuple(offered), tuple(key for key in sections if key not in offered)


def posted(client, disclosure, act: str, **typed):
    """Press a button as the page shows it now."""
    draft = Disclosure.objects.get(pk=disclosure.pk)
    seen = "" if draft.status == Status.PUBLISHED else Document.of(draft).sha256
    return client.post(address(disclosure), {"act": act, "step": draft.status, "seen": seen, **typed})


@pytest.mark.parametrize("status", MATRIX)
def test_each_role_is_shown_its_own_acts(client, disclosure, status):
    Disclosure.objects.filter(pk=disclosure.pk).update(status=status)
    shown = {}

    for role in SEEN_AT_ALL:
        signed_in(client, disclosure, role)
        shown[role] = acts(page_of(client, disclosure))

    assert shown == {**SEEN_AT_ALL, **MATRIX[status]}


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_administrators_find_no_page(client, disclosure, role):
    signed_in(client, disclosure, role)

    assert client.get(address(disclosure)).status_code == 404


def test_another_departments_people_find_no_page(client, disclosure):
    client.force_login(somebody(Role.CLERK, a_unit("130303", "299", "299001").department))

    answers = client.get(address(disclosure)), client.post(address(disclosure), {"act": "submit"})

    assert [answer.status_code for answer in answers] == [404, 404]


def test_a_button_there_is_not_is_not_found(client, disclosure, reviewer):
    assert client.post(address(disclosure), {"act": "destroy"}).status_code == 404


def test_a_draft_is_submitted_and_the_next_in_line_is_named(client, changed):
    signed_in(client, changed, Role.CLERK)

    page = client.post(
        address(changed), {"act": "submit", "step": "drafting", "seen": "", "comment": "请审核"}, follow=True
    ).content.decode()

    changed.refresh_from_db()
    assert changed.status == Status.DEPARTMENT_REVIEW
    assert "“提交审核”已办理。现在是“部门审核”。" in page
    assert changed.transitions.last().comment == "请审核"


def test_a_review_is_signed_with_the_proposed_conclusion_in_one_click(client, submitted, reviewer):
    page = page_of(client, submitted)
    hidden = dict(re.findall(r'name="(step|seen)" value="(\w+)"', page))

    response = client.post(address(submitted), {"act": "sign", "conclusion": "审核无误", **hidden})

    assert response.status_code == 302
    assert ">审核无误</textarea>" in page.replace(">\n审核", ">审核")
    assert submitted.transitions.last().comment == "审核无误"


def test_content_changed_since_the_page_was_opened_is_not_signed(client, submitted, reviewer):
    typed = {"act": "sign", "step": submitted.status, "seen": "0" * 64, "conclusion": "看过了"}

    response = client.post(address(submitted), typed)

    page = response.content.decode()
    assert response.status_code == 400
    assert "打开本页之后，内容有改动，没有办理。" in page
    assert "看过了</textarea>" in page
    assert Document.of(submitted).sha256 in page
    assert submitted.transitions.last().act == Act.SUBMIT


def test_what_was_typed_is_kept_where_the_act_is_refused(client, submitted, reviewer):
    response = posted(client, submitted, "remark", place="表五", text="  ")
    other = posted(client, submitted, "correct", kind="words", reason="这里写了很长的理由")

    assert (response.status_code, 'value="表五"' in response.content.decode()) == (400, True)
    assert "请写明意见。" in response.content.decode()
    assert "您刚才填写的内容（没有保存）" in other.content.decode()
    assert "这里写了很长的理由" in other.content.decode()


def test_a_return_needs_its_reason(client, submitted, reviewer):
    empty, done = (
        posted(client, submitted, "send_back", comment=" "),
        posted(client, submitted, "send_back", comment="表五请核对"),
    )

    assert "请写明退回的原因，让经办人知道改什么。" in empty.content.decode()
    assert done.status_code == 302
    page = page_of(client, submitted)
    assert "已退回或撤回，作废；重新提交后须重新办理。" in page
    assert "表五请核对" in page


def test_the_author_is_told_why_not(client, submitted, reviewer):
    remember(reviewer, submitted.budget, None)

    page = page_of(client, submitted)

    assert acts(page) == (("send_back",), ("sign",))
    assert "填写或导入过" in page


def test_an_open_remark_stands_in_the_way_until_it_is_answered(client, submitted, reviewer):
    posted(client, submitted, "remark", place="表五", text="请核对")
    before = acts(page_of(client, submitted))
    comment = Comment.objects.get()

    answered = client.post(address(submitted), {"act": "answer", "comment": comment.pk, "text": "已核对"}, follow=True)

    assert before == (("send_back",), ("sign",))
    assert "处理情况：已核对" in answered.content.decode()
    assert acts(page_of(client, submitted)) == (("sign", "send_back"), ())


def test_an_answer_to_what_is_answered_already_is_not_lost(client, submitted, reviewer):
    comment = workflow.remark(submitted, by=reviewer, text="请核对")
    workflow.answer(comment, by=reviewer, text="先处理了")

    response = client.post(address(submitted), {"act": "answer", "comment": comment.pk, "text": "后处理的"})

    assert response.status_code == 400
    assert "这条意见已由" in response.content.decode()
    assert "后处理的" in response.content.decode()


def test_a_signature_on_other_content_is_shown_as_void(client, submitted, reviewer):
    Narrative.objects.filter(disclosure=submitted, key="other_matters").update(text="又改了一句。")

    page = page_of(client, submitted)

    assert "办理之后内容有改动，这一步已经作废。" in page
    assert acts(page) == (("send_back",), ("sign",))


def test_a_review_opens_on_what_changed(client, submitted, reviewer):
    page = page_of(client, submitted)

    assert "与公开的第1版相比" in page
    assert "<ins>新增一句说明。</ins>" in page
    assert "原因：" in page
    assert "还没有说明原因" not in page
    assert page.index("<ins>") < page.index('id="act-sign"')


def test_a_first_edition_is_read_beside_last_years_headline_figures(client, disclosure):
    signed_in(client, disclosure, Role.PUBLISHER)
    edition = Edition.objects.get()
    workflow.withdraw(edition, by=crew_of(disclosure)[Role.PUBLISHER], reason="误公开")

    page = page_of(client, disclosure)

    assert "主要数据与上年相比" in page
    assert "<td>1221.66</td><td>1090.88</td><td>-130.78（-10.71%）</td>" in page


def ready(disclosure) -> Disclosure:
    """Set a draft before the publisher, as far as the page is concerned."""
    Disclosure.objects.filter(pk=disclosure.pk).update(status=Status.READY, round=9)
    return Disclosure.objects.get(pk=disclosure.pk)


def test_nothing_is_published_or_withdrawn_without_the_tick(client, changed):
    signed_in(client, changed, Role.PUBLISHER)
    draft, edition = ready(changed), Edition.objects.get()

    publish = posted(client, draft, "publish")
    withdraw = posted(client, draft, "withdraw", edition=edition.pk, reason="误公开")

    assert (publish.status_code, withdraw.status_code) == (400, 400)
    assert "请先核对，再勾选“我已核对”。" in publish.content.decode()
    assert "误公开</textarea>" in withdraw.content.decode()
    assert (Edition.objects.count(), hasattr(edition, "withdrawal")) == (1, False)


def test_an_hour_is_set_in_local_time_and_taken_back(client, changed):
    signed_in(client, changed, Role.PUBLISHER)
    draft = ready(changed)

    posted(client, draft, "schedule", day="2099-02-01", hour="09:30", checked="on")
    set_hour = Disclosure.objects.get(pk=draft.pk).publish_at
    page = page_of(client, draft)
    posted(client, draft, "unschedule")

    assert timezone.localtime(set_hour).isoformat() == "2099-02-01T09:30:00+08:00"
    assert "已定于2099-02-01 09:30公开。" in page
    assert Disclosure.objects.get(pk=draft.pk).publish_at is None


def test_an_hour_gone_by_or_unreadable_is_refused_with_what_was_typed(client, changed):
    signed_in(client, changed, Role.PUBLISHER)
    draft = ready(changed)

    past = posted(client, draft, "schedule", day="2020-02-01", hour="09:30", checked="on")
    odd = posted(client, draft, "schedule", day="明天", hour="九点", checked="on")

    assert "定时公开的时间已经过去。" in past.content.decode()
    assert 'value="2020-02-01"' in past.content.decode()
    assert "日期请写成 2026-02-08 的形式。" in odd.content.decode()
    assert "时间请写成 09:30 的形式。" in odd.content.decode()


def test_a_correction_is_opened_with_its_kind_and_reason(client, disclosure):
    Disclosure.objects.filter(pk=disclosure.pk).update(
        status=Status.PUBLISHED, correction_kind="", correction_reason=""
    )
    signed_in(client, disclosure, Role.CLERK)

    without = posted(client, disclosure, "correct", kind="", reason="数字写错")
    done = posted(client, disclosure, "correct", kind="figures", reason="数字写错")

    assert "请选择更正的类型。" in without.content.decode()
    assert "数字写错</textarea>" in without.content.decode()
    assert done.status_code == 302
    assert "正在更正（数据有误）：数字写错" in page_of(client, disclosure)


def test_a_withdrawal_takes_earlier_editions_along_where_it_is_ticked(client, disclosure):
    Narrative.objects.filter(disclosure=disclosure, key="other_matters").update(text="新增一句说明。")
    second = published(disclosure)
    signed_in(client, disclosure, Role.BUREAU_REVIEWER)

    posted(client, disclosure, "withdraw", edition=second.pk, reason="误公开", also_earlier="on", checked="on")

    assert [hasattr(one, "withdrawal") for one in Edition.objects.order_by("number")] == [True, True]
    assert acts(page_of(client, disclosure))[0] == ()


def test_only_a_second_person_is_offered_to_confirm_what_was_urgent(client, edition):
    first = somebody(Role.PUBLISHER, edition.disclosure.budget.department, whole=True)
    UrgentPublication.objects.create(edition=edition, reason="舆情", by=first, at=timezone.now())
    client.force_login(first)
    own = page_of(client, edition.disclosure)
    signed_in(client, edition.disclosure, Role.BUREAU_REVIEWER)

    done = posted(client, edition.disclosure, "confirm_urgent", conclusion="属实")

    assert "confirm_urgent" in acts(own)[1]
    assert "紧急公开须由另一人确认，不能由公开人自己确认。" in own
    assert done.status_code == 302
    assert UrgentPublication.objects.get().conclusion == "属实"


def a_record(disclosure, role) -> None:
    """Write one more step and one more remark on record, by somebody else."""
    by, now = somebody(role, disclosure.budget.department, whole=True), timezone.now()
    moved = {"act": Act.SEND_BACK, "before": Status.SIGNING, "after": Status.DRAFTING}
    Transition.objects.create(disclosure=disclosure, round=1, by=by, at=now, **moved)
    Comment.objects.create(disclosure=disclosure, text=f"{role}的意见", by=by, at=now)


def queries(client, address: str) -> int:
    with CaptureQueriesContext(connection) as taken:
        client.get(address)
    return len(taken)


def test_the_page_takes_the_same_queries_for_more_steps_and_remarks(client, submitted, reviewer):
    a_record(submitted, Role.SIGNING_HEAD)
    one = queries(client, address(submitted))
    for role in (Role.BUREAU_REVIEWER, Role.PUBLISHER):
        a_record(submitted, role)

    three = queries(client, address(submitted))

    assert one == three == 63


def test_the_first_page_takes_the_same_queries_for_more_that_waits(client, disclosure):
    signed_in(client, disclosure, Role.BUREAU_REVIEWER)
    unit = a_unit("130303", "299", "299001")
    own = {"budget": unit.department.budgets.get(), "status": Status.BUREAU_REVIEW}
    Disclosure.objects.create(**own)
    one = queries(client, reverse("admin:index"))
    for code in ("299002", "299003"):
        Disclosure.objects.create(**own, unit=unit.department.units.create(code=code, name=code, affiliation="head"))

    three = queries(client, reverse("admin:index"))

    assert one == three == 7


def test_what_waits_for_me_stands_on_the_first_page(client, submitted, reviewer):
    page = client.get(reverse("admin:index")).content.decode()

    assert "等我办理（1）" in page
    assert f'<a href="{address(submitted)}">{submitted}</a>' in page
    assert "2022-01-20批复，最迟2022-02-09公开，已逾期" in page


def test_nothing_waits_and_the_first_page_says_so(client, disclosure, reviewer):
    assert "没有等您办理的事项。" in client.get(reverse("admin:index")).content.decode()


def test_whoever_has_no_step_has_no_panel(client, disclosure):
    signed_in(client, disclosure, Role.AUDITOR)

    assert "等我办理" not in client.get(reverse("admin:index")).content.decode()


def test_the_form_leads_to_the_steps_and_moves_nothing_itself(client, disclosure):
    signed_in(client, disclosure, Role.CLERK)

    page = client.get(reverse("admin:disclosure_disclosure_change", args=[disclosure.pk])).content.decode()

    assert f'<a class="button" href="{address(disclosure)}">办理（当前：填报中）</a>' in page
    for name in ("round", "correction_reason", "publish_at_0", "scheduled_by"):
        assert f'name="{name}"' not in page


@pytest.mark.parametrize(
    ("days", "said"), [(19, "还有1天"), (20, "今天是最后一天"), (21, "已逾期1天"), (10, "还有10天")]
)
def test_the_clock_says_how_many_days_are_left(disclosure, days, said):
    disclosure.approved_on = timezone.localdate() - timedelta(days=days)

    assert in_words(clock_of(disclosure)).endswith(f"公开，{said}。")


def test_the_clock_stands_still_with_publication_and_needs_an_approval(disclosure):
    disclosure.approved_on = date(2022, 1, 20)

    in_time, late = (in_words(clock_of(disclosure, date(2022, 2, day))) for day in (9, 11))
    disclosure.approved_on = None

    assert in_time == "2022-01-20批复，最迟2022-02-09公开，已于2022-02-09按期公开。"
    assert late == "2022-01-20批复，最迟2022-02-09公开，2022-02-11公开，晚了2天。"
    assert in_words(clock_of(disclosure)).startswith("还没有填写批复日期")
