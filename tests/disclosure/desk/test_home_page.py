"""The page of a disclosure: its parts with the ways to them, the clock, what is next, and the preview beside."""

import re
from html import unescape
from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from gridded import a_clerk
from walking import REASON, crew_of

from budgets.enums import Role
from budgets.models import AssetHolding, Membership, RevenueLine
from disclosure import workflow
from disclosure.desk.grid_form import seen_text
from disclosure.desk.places import anchor_of, beside_kind, pieces_in
from disclosure.document import Document
from disclosure.entry.grid import Grid
from disclosure.entry.grids import grids_of, slots_of
from disclosure.judgement import judge
from disclosure.models import Comment, Disclosure, EmptyTable, Presence
from disclosure.presence import arrive
from disclosure.render import html, pdf
from disclosure.sample.crew import explain_all


@pytest.fixture
def clerk(client, disclosure):
    user = a_clerk(disclosure)
    client.force_login(user)
    return user


def home_of(client, disclosure) -> str:
    answer = client.get(reverse("admin:disclosure_disclosure_change", args=[disclosure.pk]))
    assert answer.status_code == 200
    return unescape(answer.content.decode())


def next_of(client, disclosure) -> tuple[str, str]:
    found = re.search(r'下一步：</strong>(.*?)。 <a class="button" href="(.*?)"', home_of(client, disclosure))
    return found[1], found[2]


def address(name, disclosure, *more):
    return reverse(f"admin:{name}", args=[disclosure.pk, *more])


def explained(disclosure) -> None:
    explain_all(disclosure, by=crew_of(disclosure)[Role.CLERK], reason=REASON)


def test_every_part_has_its_line_with_state_and_ways(client, disclosure, clerk):
    explained(disclosure)

    page = home_of(client, disclosure)

    assert "填报进度：23/23个部分已完成" in page
    assert page.count('<span class="mark part-done">已完成</span>') == 23
    for key in ("revenueline", "expenditureline", "projectgoal", "indicator", "threepubliccost", "assetholding"):
        assert f'href="{address("grid", disclosure, key)}"' in page
    duties = disclosure.narratives.get(key="duties")
    assert reverse("admin:disclosure_narrative_change", args=[duties.pk]) in page
    assert f'{address("disclosure_preview", disclosure)}#table-income"' in page
    assert f'{address("disclosure_preview_pdf", disclosure)}#nameddest=table-income"' in page
    assert "2022-01-20批复，最迟2022-02-09公开" in page


def test_headings_come_in_order(client, disclosure, clerk):
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", home_of(client, disclosure))]

    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_next_comes_what_lacks_then_the_check_then_what_was_found(client, disclosure, clerk):
    explained(disclosure)
    same = next_of(client, disclosure)
    disclosure.narratives.filter(key="other_matters").delete()
    lacking = next_of(client, disclosure)
    disclosure.narratives.create(key="other_matters", text="没有其他需要说明的事项，请放心。")
    unchecked = next_of(client, disclosure)
    judge(disclosure)
    disclosure.explanations.all().delete()
    troubled = next_of(client, disclosure)
    explained(disclosure)
    Comment.objects.create(disclosure=disclosure, place="表五", text="请核对", by=clerk, at=disclosure.audit_result.at)
    remarked = next_of(client, disclosure)
    Comment.objects.all().delete()
    ready = next_of(client, disclosure)

    assert same[0].startswith("内容与已公开的第1版完全相同")
    assert lacking[0] == "“九、其他需要说明的事项”还没有开始填写"
    assert lacking[1] == (f"{reverse('admin:disclosure_narrative_add')}?disclosure={disclosure.pk}&key=other_matters")
    assert unchecked == ("上次检查之后数据有变化，请重新检查", address("disclosure_findings", disclosure))
    assert "处问题要改正或说明原因" in troubled[0]
    assert "/findings/#part-" in troubled[1]
    assert remarked[0] == "还有1条审核意见没有处理"
    assert ready == ("各部分都已完成，可以提交审核", address("disclosure_steps", disclosure))


def test_an_empty_table_leads_to_its_reason(client, disclosure, clerk):
    EmptyTable.objects.filter(disclosure=disclosure, table="procurement").delete()

    said, way = next_of(client, disclosure)

    assert said == "“部门政府采购预算”还没有开始填写；没有这项内容的，写空表说明"
    assert way == address("grid", disclosure, "procurementitem")
    asked = f"{reverse('admin:disclosure_emptytable_add')}?disclosure={disclosure.pk}&table=procurement"
    assert f'<a href="{asked}">没有这项内容的，写空表说明</a>' in home_of(client, disclosure)


def test_a_reviewer_reads_the_state_and_gets_no_way_into_the_grids(client, disclosure):
    explained(disclosure)
    disclosure.narratives.filter(key="duties").update(text="负责组织工作。")
    explained(disclosure)
    workflow.submit(disclosure, by=crew_of(disclosure)[Role.CLERK])
    client.force_login(_reviewer(disclosure))

    page = home_of(client, disclosure)

    assert "轮到您办理：部门审核，请核对后办理或退回" in page
    assert "收入明细 4行" in page
    assert "/grid/" not in page
    assert not Presence.objects.exists()


def _reviewer(disclosure):
    user = get_user_model().objects.create(username="审核", is_staff=True)
    department = disclosure.budget.department
    post = {"government": department.government, "department": department}
    Membership.objects.create(user=user, role=Role.DEPARTMENT_REVIEWER, **post)
    return user


def test_the_page_does_not_check_anew_and_says_that_the_check_is_old(client, disclosure, clerk):
    explained(disclosure)
    checked = judge(disclosure).result
    AssetHolding.objects.filter(budget=disclosure.budget).update(quantity=7)

    page = home_of(client, disclosure)

    disclosure.refresh_from_db()
    assert disclosure.audit_result.data_sha256 == checked.data_sha256
    assert "下面的问题数可能已经过时" in page


def test_links_to_findings_lead_to_the_part_on_their_page(client, disclosure, clerk):
    disclosure.explanations.all().delete()
    judge(disclosure)
    links = set(re.findall(r'/findings/#(part-[\w-]+)"', home_of(client, disclosure)))

    page = client.get(address("disclosure_findings", disclosure)).content.decode()

    ids = re.findall(r' id="(part-[\w-]+)"', page)
    assert links
    assert links <= set(ids)
    assert len(ids) == len(set(ids))


def test_only_the_article_beside_a_form_may_stand_in_a_frame(client, disclosure, clerk):
    beside = client.get(address("disclosure_preview_beside", disclosure))
    whole = client.get(address("disclosure_preview", disclosure))

    assert (beside.headers["X-Frame-Options"], whole.headers["X-Frame-Options"]) == ("SAMEORIGIN", "DENY")
    assert 'id="table-income"' in beside.content.decode()
    assert client.get(address("disclosure_steps", disclosure)).headers["X-Frame-Options"] == "DENY"


def test_the_article_is_shown_to_nobody_out_of_reach(client, disclosure):
    client.force_login(get_user_model().objects.create(username="外人", is_staff=True))

    assert client.get(address("disclosure_preview_beside", disclosure)).status_code == 404


def test_every_part_has_its_anchor_in_the_article(disclosure):
    article = html.render(Document.of(disclosure)).decode()

    assert [one.key for one in pieces_in(disclosure) if f'id="{anchor_of(one)}"' not in article] == []


def test_every_part_has_its_place_in_the_pdf(disclosure):
    with pikepdf.open(BytesIO(pdf.render(Document.of(disclosure)))) as printed:
        places = set(pikepdf.NameTree(printed.Root.Names.Dests))

    assert {anchor_of(one) for one in pieces_in(disclosure)} <= places


def test_a_grid_leads_to_its_table_in_the_preview(client, disclosure, clerk):
    page = client.get(address("grid", disclosure, "revenueline")).content.decode()

    assert f'data-frame="{address("disclosure_preview_beside", disclosure)}#table-income"' in page
    assert beside_kind(disclosure, RevenueLine, "").pdf.endswith("preview.pdf#nameddest=table-income")


def test_a_text_and_a_goal_lead_to_theirs(client, disclosure, clerk):
    duties = disclosure.narratives.get(key="duties")
    goal = disclosure.budget.project_goals.select_related("project").first()

    text = client.get(reverse("admin:disclosure_narrative_change", args=[duties.pk])).content.decode()
    form = client.get(reverse("admin:performance_projectgoal_change", args=[goal.pk])).content.decode()

    assert "/preview/beside/#duties" in text
    assert f"/preview/beside/#table-goal-{goal.project.code}" in form
    assert "js/beside.js" in text


def test_the_second_at_a_grid_or_a_text_is_told_of_the_first(client, disclosure, clerk):
    first = get_user_model().objects.create(username="先到的人")
    duties = disclosure.narratives.get(key="duties")
    arrive(disclosure, "grid:revenueline", by=first)
    arrive(disclosure, "text:duties", by=first)

    grid = client.get(address("grid", disclosure, "revenueline")).content.decode()
    text = client.get(reverse("admin:disclosure_narrative_change", args=[duties.pk])).content.decode()

    assert "先到的人 刚刚也在编辑这里。" in grid
    assert "先到的人 刚刚也在编辑这里。" in text
    assert "先到的人 刚刚在编辑“" in home_of(client, disclosure)
    assert set(Presence.objects.filter(user=clerk).values_list("place", flat=True)) == {
        "",
        "grid:revenueline",
        "text:duties",
    }


def test_a_save_of_a_grid_says_who_is_there_now(client, disclosure, clerk):
    kind = grids_of(disclosure)["revenueline"]
    slots, row = slots_of(kind), Grid(disclosure, kind, clerk).rows()[0]
    sent = {"row": [row.key], f"{row.key}.seen": seen_text(row, slots)}
    sent |= {f"{row.key}.{slot.name}": row.cells[slot.header] for slot in slots}
    arrive(disclosure, "grid:revenueline", by=get_user_model().objects.create(username="同事"))

    stored = client.post(address("grid", disclosure, "revenueline"), sent, headers={"accept": "application/json"})
    sent[f"{row.key}.amount"] = "很多"
    refused = client.post(address("grid", disclosure, "revenueline"), sent, headers={"accept": "application/json"})

    assert stored.json()["others"] == refused.json()["others"] == ["同事 刚刚也在编辑这里。"]


def test_a_units_draft_locked_with_its_departments_says_why(client, clerk, disclosure):
    unit = disclosure.budget.department.units.first()
    own = Disclosure.objects.create(budget=disclosure.budget, unit=unit)
    Disclosure.objects.filter(pk=disclosure.pk).update(status="department_review")

    page = home_of(client, own)

    assert "轮到您办理" not in page
    assert "内容已锁定" in page
