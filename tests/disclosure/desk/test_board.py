"""The supervisor's board: who sees it, what it says, how many queries it takes, and what is done from it."""

import io
import time
from datetime import date, timedelta

import pytest
from boarded import YEAR, a_year, approved, post_in
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from walking import crew_of

from budgets.enums import Role
from budgets.models import FiscalYear
from disclosure.board.grid import Wanted, grid, totals
from disclosure.board.records import of_year
from disclosure.judgement import explain, judge
from disclosure.models import AuditResult, Comment, Exemption, Notice, Transition
from disclosure.scopes import remember

TODAY = date(2026, 2, 10)


@pytest.fixture
def board(db, client):
    year, boss = a_year(3, 2)
    client.force_login(boss)
    return year


def page(client, name, year, *more, **query):
    return client.get(reverse(name, args=[year.pk, *more]), query)


def line_of(disclosure):
    lines = grid(disclosure.budget.fiscal_year, TODAY)
    return next(line for line in lines if line.disclosure == disclosure)


def acted(client, year, act, rows, **more):
    return client.post(reverse("board_act", args=[year.pk]), {"act": act, "row": [row.pk for row in rows], **more})


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (Role.BUREAU_REVIEWER, ["remind", "approved_on", "send_back", "approve"]),
        (Role.PUBLISHER, ["remind", "send_back", "publish", "schedule", "unschedule"]),
        (Role.AUDITOR, []),
    ],
)
def test_each_role_is_offered_its_own_acts(client, db, role, offered):
    year, boss = a_year()
    client.force_login(boss if role == Role.BUREAU_REVIEWER else post_in(year.government, role))

    response = page(client, "board", year)

    assert [one.key for one in response.context["doings"]] == offered
    assert ('name="row"' in response.content.decode()) == bool(offered)


def test_nobody_of_a_department_or_of_another_government_sees_it(client, board):
    reviewer = post_in(board.government, Role.BUREAU_REVIEWER, board.government.departments.first())
    other = post_in(FiscalYear.objects.exclude(pk=board.pk).first().government, Role.BUREAU_REVIEWER)

    for user in (reviewer, other):
        client.force_login(user)
        codes = [page(client, name, board).status_code for name in ("board", "board_inspection", "board_approvals")]
        assert codes == [404, 404, 404]


def test_years_are_offered_and_a_single_one_is_shown(client, board):
    auditor = post_in(board.government, Role.AUDITOR)
    chosen = client.get(reverse("boards"))
    client.force_login(auditor)
    single = client.get(reverse("boards"))
    client.force_login(post_in(board.government, Role.CLERK, board.government.departments.first()))
    nothing = client.get(reverse("boards"))

    assert (chosen.status_code, [*chosen.context["years"]]) == (200, [board])
    assert single.headers["Location"] == reverse("board", args=[board.pk])
    assert nothing.status_code == 404


@pytest.mark.parametrize(("departments", "units"), [(3, 1), (60, 5)])
def test_the_page_takes_the_same_number_of_queries_for_few_and_many(
    client, db, django_assert_num_queries, departments, units
):
    year, boss = a_year(departments, units)
    client.force_login(boss)
    approved(year, TODAY)
    begun = time.perf_counter()

    with django_assert_num_queries(22):
        response = page(client, "board", year)

    print(f"{departments}×{units}: {time.perf_counter() - begun:.2f}s")  # noqa: T201 to be read by people
    assert response.content.decode().count('name="row"') == departments * (1 + units)


def test_totals_count_the_roster(board):
    department = board.government.departments.first()
    Exemption.objects.create(fiscal_year=board, department=department, kind="exempt", reason="依法")
    approved(board, TODAY - timedelta(days=17))
    of_year(board).filter(budget__department__code="102", unit=None).update(approved_on=date(2026, 1, 1))

    found = totals(grid(board, TODAY))

    assert found == (2, 0, 4, 0, 1, 5, 0, 0)


def test_filters_and_sorting_stand_in_the_address(client, board):
    of_year(board).filter(budget__department__code="102", unit=None).update(approved_on=date(2026, 1, 1))

    by_name = page(client, "board", board, q="部门102")
    overdue = page(client, "board", board, clock="overdue")
    departments = page(client, "board", board, level="department", sort="-code")
    nonsense = page(client, "board", board, state="nonsense", sort="nonsense")

    assert len(by_name.context["table"].rows) == 3
    assert [row.record.code for row in overdue.context["table"].rows] == ["102"]
    assert [row.record.code for row in departments.context["table"].rows] == ["103", "102", "101"]
    assert len(nonsense.context["table"].rows) == 9


def test_every_line_that_is_shown_is_ticked_at_once(client, board):
    plain = page(client, "board", board, level="department")
    ticked = page(client, "board", board, level="department", ticked="all")

    boxes = [response.content.decode().count('name="row"') for response in (plain, ticked)]
    on = [response.content.decode().count(" checked aria-label") for response in (plain, ticked)]
    assert (boxes, on) == ([3, 3], [0, 3])
    assert 'href="?level=department&amp;ticked=all">勾选全部各行' in plain.content.decode()
    assert 'href="?level=department">全不勾选' in ticked.content.decode()
    assert ticked.context["query"] == "level=department"


def test_errors_and_reasons_are_counted_and_a_change_makes_them_doubtful(disclosure):
    unseen = line_of(disclosure)
    disclosure.explanations.all().delete()
    judgement = judge(disclosure)
    AuditResult.objects.update(at=timezone.now() + timedelta(seconds=1))
    seen = line_of(disclosure)
    clerk = crew_of(disclosure)[Role.CLERK]
    explain(disclosure, judgement.unexplained[0].said.fingerprint, by=clerk, reason="说明")
    explained = line_of(disclosure)
    AuditResult.objects.update(at=timezone.now() - timedelta(days=1))
    remember(clerk, disclosure.budget, None)

    assert (unseen.audited.doubt in {"未检查", "数据已变，待重新检查"}, seen.audited.doubt) == (True, "")
    assert seen.errors == len(judgement.blocking)
    assert explained.unexplained == seen.unexplained - 1
    assert line_of(disclosure).audited.doubt == "数据已变，待重新检查"


def test_a_line_says_who_acted_last_and_what_is_open(disclosure):
    by = crew_of(disclosure)[Role.CLERK]
    Comment.objects.create(disclosure=disclosure, text="请核对", by=by, at=timezone.now())

    line = line_of(disclosure)

    assert (line.last, line.remarks) == (Transition.objects.filter(disclosure=disclosure).last(), 1)
    assert line.state_name == "填报中（更正）"
    assert line.is_published
    assert Wanted(state="drafting").fits(line)


def test_the_grid_is_handed_out_without_formulas(client, board):
    board.government.departments.filter(code="101").update(name="=1+1")

    xlsx, csv = page(client, "board_export", board, "xlsx"), page(client, "board_export", board, "csv", q="=1+1")

    [sheet] = load_workbook(io.BytesIO(xlsx.content)).worksheets
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet.max_row == 10
    assert csv.content.decode("utf-8-sig").splitlines()[1].startswith("101,'=1+1,")


def test_an_act_is_confirmed_before_it_is_taken(client, board):
    rows = list(of_year(board).filter(unit=None).order_by("budget__department__code"))
    clerk = post_in(board.government, Role.CLERK, rows[0].budget.department)

    asked = acted(client, board, "remind", rows[:2])
    before = Notice.objects.filter(user=clerk).count()
    done = acted(client, board, "remind", rows[:2], confirmed="1")

    assert (asked.status_code, before, Notice.objects.filter(user=clerk).count()) == (200, 0, 1)
    assert [one.is_refused for one in done.context["results"]] == [False, True]
    assert "没有人担任" in done.content.decode()


def test_what_an_act_asks_for_is_asked_again_where_it_is_missing(client, board):
    rows = list(of_year(board)[:1])

    blank = acted(client, board, "send_back", rows, confirmed="1", comment="")
    nobody = acted(client, board, "send_back", [])

    assert "请写明退回的原因" in blank.content.decode()
    assert (nobody.status_code, "没有勾选任何一行" in nobody.content.decode()) == (400, True)


def test_nobody_takes_an_act_that_is_not_offered(client, board):
    rows = list(of_year(board)[:1])
    refused = acted(client, board, "publish", rows, confirmed="1")
    client.force_login(post_in(board.government, Role.AUDITOR))
    looked = acted(client, board, "remind", rows, confirmed="1")

    assert (refused.status_code, looked.status_code) == (403, 403)


def test_rows_of_another_year_are_left_out(client, board, disclosure):
    asked = acted(client, board, "remind", [disclosure, of_year(board).first()])

    assert [row.budget.fiscal_year for row in asked.context["rows"]] == [board]


def test_a_date_is_filled_in_for_all_ticked_rows(client, board):
    rows = list(of_year(board).filter(budget__department__code="101"))

    response = acted(client, board, "approved_on", rows, confirmed="1", on="2026-01-20")

    assert response.context["done"] == 3
    assert of_year(board).filter(approved_on=date(2026, 1, 20)).count() == 3


def test_a_department_takes_its_units_along_where_asked(client, board):
    client.force_login(post_in(board.government, Role.PUBLISHER))
    whole = of_year(board).filter(budget__department__code="101", unit=None)

    alone, together = acted(client, board, "publish", whole), acted(client, board, "publish", whole, with_units="1")

    assert (len(alone.context["rows"]), len(together.context["rows"])) == (1, 3)


def test_a_year_is_opened_after_a_preview(client, board):
    asked = {"government": board.government_id, "year": YEAR + 1}
    before = Exemption.objects.create(
        fiscal_year=board, department=board.government.departments.first(), kind="exempt", reason="依法"
    )

    shown = client.get(reverse("board_open"), asked)
    done = client.post(reverse("board_open"), {**asked, "keep": [before.pk]})

    year = FiscalYear.objects.get(government=board.government, year=YEAR + 1)
    assert (len(shown.context["plan"].added), FiscalYear.objects.filter(year=YEAR + 1).count()) == (6, 1)
    assert done.headers["Location"] == reverse("board", args=[year.pk])
    assert (of_year(year).count(), year.exemptions.count()) == (6, 1)


def test_opening_is_for_the_bureau_alone(client, board):
    client.force_login(post_in(board.government, Role.PUBLISHER))

    assert client.get(reverse("board_open")).status_code == 404
    assert client.post(reverse("board_open"), {"government": board.government_id, "year": 2027}).status_code == 404


def sent(text: str, name: str = "批复.csv"):
    return {"file": SimpleUploadedFile(name, text.encode())}


def test_what_was_approved_is_previewed_then_stored(client, board):
    shown = client.post(reverse("board_approvals", args=[board.pk]), sent("部门编码,批复日期\n101,2026-01-20\n"))
    token, seen = shown.context["token"], shown.context["proposal"].fingerprint
    before = of_year(board).exclude(approved_on=None).count()

    done = client.post(reverse("board_approvals_confirm", args=[board.pk]), {"token": token, "seen": seen}, follow=True)

    assert (before, of_year(board).exclude(approved_on=None).count()) == (0, 1)
    assert "已写入1处批复日期和控制数。" in done.content.decode()
    again = client.post(
        reverse("board_approvals_confirm", args=[board.pk]), {"token": token, "seen": seen}, follow=True
    )
    assert "已经导入过，或预览已经过期" in again.content.decode()


def test_a_change_after_the_preview_is_shown_anew(client, board):
    shown = client.post(reverse("board_approvals", args=[board.pk]), sent("部门编码,批复日期\n101,2026-01-20\n"))
    approved(board, date(2026, 1, 5))

    again = client.post(
        reverse("board_approvals_confirm", args=[board.pk]), {"token": shown.context["token"], "seen": "x"}
    )

    assert again.status_code == 400
    assert "预览之后数据有变化" in again.content.decode()
    assert "<del>2026-01-05</del>" in again.content.decode()


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("批复.csv", "部门编码,批复日期\n999,2026-01-20\n", "没有编码为“999”的部门预算"),
        ("批复.csv", "编码,日期\n999,2026-01-20\n", "其中有“部门编码”"),
        ("批复.exe", "MZ", "请上传 .xlsx"),
        ("批复.csv", "", "文件是空的（0字节）"),
        ("批复.xlsx", "not a workbook", "这不是有效的 .xlsx 文件"),
    ],
)
def test_a_file_that_will_not_do_is_refused_in_words(client, board, name, text, said):
    response = client.post(reverse("board_approvals", args=[board.pk]), sent(text, name))

    assert response.status_code == 400
    assert said in response.content.decode()


def test_others_enter_no_approvals(client, board):
    client.force_login(post_in(board.government, Role.PUBLISHER))

    assert page(client, "board_approvals", board).status_code == 403
    assert client.post(reverse("board_approvals_confirm", args=[board.pk])).status_code == 403


def test_the_template_is_handed_out_filled_in(client, board):
    approved(board, date(2026, 1, 20))

    response = page(client, "board_approvals_template", board)

    [sheet] = load_workbook(io.BytesIO(response.content)).worksheets
    assert [cell.value for cell in sheet[2]][:5] == ["101", "部门101", None, None, "2026-01-20"]


def test_the_head_of_the_desk_leads_to_the_board(client, board):
    own = client.get(reverse("admin:index")).content.decode()
    client.force_login(post_in(board.government, Role.CLERK, board.government.departments.first()))
    clerks = client.get(reverse("admin:index")).content.decode()

    assert ("公开看板" in own, "公开看板" in clerks) == (True, False)
