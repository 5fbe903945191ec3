"""Seven people take a draft to the public, back and forth, correct it and withdraw it, each at their own sign-in."""

import pytest
from desk import accounts_of, fits, manage, sign_in
from serving import keep

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

STEPS = "/admin/disclosure/disclosure/1/steps/"
LINE = "/admin/budgets/expenditureline/20/change/"
PUBLIC = "/130303/2022/203/"
FIRST, SECOND = "首次公开时补充的说明。", "更正时补充的说明。"
EXPLAIN = """
from disclosure.models import Disclosure
from disclosure.sample.crew import explain_all
from django.contrib.auth.models import User
draft, by = Disclosure.objects.get(), User.objects.get(username="demo-clerk")
explain_all(draft, by=by, reason="按实际安排填写。")
"""
HOUR_HAS_COME = """
from datetime import timedelta
from django.utils import timezone
from disclosure.models import Disclosure
Disclosure.objects.update(publish_at=timezone.now() - timedelta(minutes=1))
"""
WALK = """
from disclosure.models import Disclosure
from disclosure.sample.crew import store_crew, walk
draft = Disclosure.objects.get()
department = draft.budget.department
walk(draft, store_crew(department.government, "demo", department), reason="按实际安排填写。")
"""
ENDS = ("", "editions/1/", "editions/2/", "document.json", "document.pdf", "editions/1/document.json")
"""Where the editions and their files were."""


@pytest.fixture
def people(visit, drafted_site, drafted_place):
    """Everybody's own browser, without JavaScript, signed in when first looked at."""
    passwords, pages = accounts_of(drafted_place), {}

    def page_of(name: str):
        if name not in pages:
            pages[name] = visit(javascript=False)
            sign_in(pages[name], drafted_site, f"demo-{name}", passwords[f"demo-{name}"])
        pages[name].goto(f"{drafted_site}{STEPS}")
        return pages[name]

    return page_of


def looked_at(page, name: str) -> bool:
    """Keep the page wide and narrow, and tell whether it fits a telephone."""
    keep(page, f"{name}-1280", whole=True)
    page.set_viewport_size({"width": 360, "height": 900})
    keep(page, f"{name}-360", whole=True)
    narrow = fits(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return narrow


def press(page, button: str, **typed: str | bool) -> str:
    """Fill in the act of a button, press it, and give what the page says then."""
    act = page.locator(".act").filter(has=page.get_by_role("heading", name=button, exact=True))
    if act.locator("details").count():
        act.locator("summary").click()
    for label, value in typed.items():
        box = act.locator(f"[name={label}]")
        if isinstance(value, bool):
            box.set_checked(value)
        elif box.evaluate("box => box.tagName") == "SELECT":
            box.select_option(label=value)
        else:
            box.fill(value)
    act.get_by_role("button", name=button, exact=True).click()
    return page.locator(".messagelist, .errornote").first.inner_text()


def states(amount: str, page, site: str) -> str:
    """State the amount of a line on its form, and give the one before."""
    page.goto(f"{site}{LINE}")
    before = page.input_value("#id_amount")
    page.fill("#id_amount", amount)
    page.click("input[name=_save]")
    page.goto(f"{site}{STEPS}")
    return before


def says(text: str, page, site: str) -> None:
    """Write the last section on its form."""
    page.goto(f"{site}/admin/disclosure/narrative/")
    page.get_by_role("link", name="其他需要说明的事项").first.click()
    page.fill("#id_text", text)
    page.click("input[name=_save]")
    page.goto(f"{site}{STEPS}")


def signed_by_all(people) -> None:
    """Take a draft that was handed in through every review."""
    for name, step in (
        ("department-reviewer", "部门审核"),
        ("secrecy-reviewer", "保密审查"),
        ("signing-head", "负责人审签"),
    ):
        assert f"“签署{step}”已办理" in press(people(name), f"签署{step}")


def handed_in(people, site: str, place: dict[str, str]) -> None:
    """A mistake is named, mended; warnings get their reasons; the draft is handed in."""
    clerk = people("clerk")

    before = states("86900", clerk, site)
    unbalanced = clerk.locator("#content .locked").first.inner_text()
    states(before, clerk, site)
    unexplained = clerk.locator("#content .locked").first.inner_text()
    clerk.get_by_role("link", name="检查结果").click()
    clerk.locator(".finding input[name=reason]").first.fill("按实际安排填写。")
    clerk.get_by_role("button", name="说明原因").first.click()
    manage(place, "shell", "-c", EXPLAIN)
    submitted = press(people("clerk"), "提交审核", comment="请审核")

    assert unbalanced.startswith("还不能提交：收入总计")
    assert unexplained.startswith("还不能提交：还有16处警告没有说明原因")
    assert submitted == "“提交审核”已办理。现在是“部门审核”。"


def returned_and_mended(people, site: str) -> None:
    """The bureau returns the draft; every signature is void; it is mended and handed in again."""
    reviewer = people("department-reviewer")
    wide = looked_at(reviewer, "steps-review")
    said = reviewer.locator(".chain").inner_text()
    signed_by_all(people)
    returned = press(people("bureau-reviewer"), "退回经办人", comment="其他事项请补充。")
    clerk = people("clerk")
    told, void = clerk.locator(".record").inner_text(), clerk.locator(".chain > li.void").count()
    narrow = looked_at(clerk, "steps-returned")
    says(FIRST, clerk, site)
    again = press(clerk, "提交审核")

    assert "请审核" in said
    assert returned == "“退回经办人”已办理。现在是“填报中”。"
    assert "其他事项请补充。" in told
    assert void == 3
    assert again == "“提交审核”已办理。现在是“部门审核”。"
    assert (wide, narrow) == (True, True)


def published_at_its_hour(people, site: str, place: dict[str, str]) -> None:
    """Everybody signs again; the publisher sets an hour; when it has come, the public reads."""
    signed_by_all(people)
    approved = press(people("bureau-reviewer"), "审核通过")
    publisher = people("publisher")
    narrow = looked_at(publisher, "steps-ready")
    scheduled = press(publisher, "定时公开", day="2099-01-05", hour="09:00", checked=True)
    early = manage(place, "publish_due")
    manage(place, "shell", "-c", HOUR_HAS_COME)
    due = manage(place, "publish_due")

    assert approved == "“审核通过”已办理。现在是“待公开”。"
    assert scheduled == "“定时公开”已办理。现在是“待公开”。"
    assert ("已公开" in early, "已公开" in due) == (False, True)
    assert FIRST in publisher.request.get(f"{site}{PUBLIC}").text()
    assert narrow


def corrected(people, site: str, place: dict[str, str]) -> None:
    """The clerk opens a correction; the comparison shows it; it is published."""
    opened = press(people("clerk"), "发起更正", kind="文字有误", reason="补充说明")
    says(SECOND, people("clerk"), site)
    compared = people("clerk").locator("ins").first.inner_text()
    manage(place, "shell", "-c", WALK)
    published = press(people("publisher"), "立即公开", checked=True)
    current = people("publisher").request.get(f"{site}{PUBLIC}").text()

    assert opened == "“发起更正”已办理。现在是“填报中”。"
    assert compared == SECOND
    assert published == "“立即公开”已办理。现在是“已公开”。"
    assert (SECOND in current, FIRST in current) == (True, False)


def withdrawn(people, site: str) -> None:
    """Both editions are taken off: what the public gets is the reason, and none of the words."""
    publisher = people("publisher")
    said = press(publisher, "撤下", reason="误公开", also_earlier=True, checked=True)
    answers = [publisher.request.get(f"{site}{PUBLIC}{end}") for end in ENDS]
    texts = [answer.text() for answer in answers]

    assert said == "“撤下”已办理。现在是“填报中”。"
    assert [answer.status for answer in answers] == [410] * len(ENDS)
    assert "误公开" in texts[0]
    assert not any(word in text for text in texts for word in (FIRST, SECOND))


@pytest.mark.timeout(300)
def test_a_draft_goes_through_everybodys_hands_is_corrected_and_withdrawn(people, drafted_site, drafted_place):
    handed_in(people, drafted_site, drafted_place)
    returned_and_mended(people, drafted_site)
    published_at_its_hour(people, drafted_site, drafted_place)
    corrected(people, drafted_site, drafted_place)
    withdrawn(people, drafted_site)
