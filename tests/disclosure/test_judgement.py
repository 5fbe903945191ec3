"""Findings are kept for the very data and rules; reasons and waivers answer one finding, and go with it."""

from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model

from budgets.enums import Role
from budgets.models import AuditTrail, Membership
from disclosure import audit, judgement
from disclosure.composing import Composer
from disclosure.document import Document
from disclosure.judgement import explain, judge, take_back, waive
from disclosure.layouts import LAYOUTS
from disclosure.models import AuditResult
from disclosure.readiness import check
from disclosure.refusal import RefusalError


def somebody(disclosure, role):
    """Return a user with a post at the disclosure's department, or at its bureau."""
    user = get_user_model().objects.create(username=f"用户{role}")
    department = disclosure.budget.department
    owner = {"department": department} if role == Role.CLERK else {}
    Membership.objects.create(user=user, role=role, government=department.government, **owner)
    return user


@pytest.fixture
def clerk(disclosure):
    return somebody(disclosure, Role.CLERK)


@pytest.fixture
def bureau(disclosure):
    return somebody(disclosure, Role.BUREAU_REVIEWER)


@pytest.fixture
def spoiled(disclosure):
    """The sample with one hollow section: its duties."""
    disclosure.narratives.filter(key="duties").update(text="")
    return disclosure


def errors(disclosure):
    return [item for item in judge(disclosure).items if item.said.severity == "错误"]


def test_the_same_data_is_judged_once(disclosure, monkeypatch):
    first = judge(disclosure)
    monkeypatch.setattr(audit, "run", None)

    again = judge(disclosure)

    assert (again.report, again.result.at) == (first.report, first.result.at)
    assert AuditResult.objects.get().disclosure == disclosure


def test_other_data_are_judged_anew(disclosure):
    before = judge(disclosure)

    disclosure.narratives.filter(key="duties").update(text="")

    after = judge(disclosure)
    assert after.result.data_sha256 != before.result.data_sha256
    assert {item.said.code for item in after.items} - {item.said.code for item in before.items} == {"K03"}


def test_other_rules_judge_anew(disclosure, monkeypatch):
    judge(disclosure)
    monkeypatch.setattr(judgement, "rules_hash", lambda: "0" * 64)

    assert judge(disclosure).result.rules_sha256 == "0" * 64


def test_an_error_blocks_publication_until_it_is_waived(spoiled, bureau):
    (error,) = errors(spoiled)
    with pytest.raises(RefusalError, match="没有内容"):
        check(spoiled, Document.of(spoiled))

    waive(spoiled, error.said.fingerprint, by=bureau, reason="机构改革，职责待定")

    assert errors(spoiled)[0].waiver.reason == "机构改革，职责待定"
    assert judge(spoiled).blocking == []
    assert AuditTrail.objects.filter(action="waive").count() == 1


def test_only_the_bureau_waives_and_only_with_a_reason(spoiled, clerk, bureau):
    (error,) = errors(spoiled)

    with pytest.raises(RefusalError, match="请由财政审核人办理"):
        waive(spoiled, error.said.fingerprint, by=clerk, reason="没有问题")
    with pytest.raises(RefusalError, match="请写明豁免的理由"):
        waive(spoiled, error.said.fingerprint, by=bureau, reason="　")
    with pytest.raises(RefusalError, match="请重新查看"):
        waive(spoiled, "0" * 64, by=bureau, reason="没有问题")

    assert errors(spoiled)[0].waiver is None


def test_a_published_waiver_is_said_among_the_other_matters(spoiled, bureau):
    (error,) = errors(spoiled)

    waive(spoiled, error.said.fingerprint, by=bureau, reason="机构改革，职责待定。", published=True)

    section = Composer(spoiled, LAYOUTS["hebei"]).content().sections
    others = next(one for one in section if one.key == "others")
    assert others.blocks[-1].paragraph == "机构改革，职责待定。"


def test_a_waiver_whose_error_is_gone_is_void_and_if_published_blocks(disclosure, bureau):
    text = disclosure.narratives.get(key="duties").text
    disclosure.narratives.filter(key="duties").update(text="")
    (error,) = errors(disclosure)
    waiver = waive(disclosure, error.said.fingerprint, by=bureau, reason="机构改革", published=True)
    disclosure.narratives.filter(key="duties").update(text=text)

    with pytest.raises(RefusalError, match="撤回这一豁免"):
        check(disclosure, Document.of(disclosure))

    take_back(waiver, by=bureau)
    check(disclosure, Document.of(disclosure))
    assert judge(disclosure).void == ()


def test_a_warning_is_explained_by_the_clerk_and_the_reason_goes_with_the_figure(disclosure, clerk):
    disclosure.glossary_terms.filter(explanation__contains="三公").delete()
    disclosure.glossary_terms.filter(term__contains="三公").delete()
    (warning,) = [item for item in judge(disclosure).items if item.said.code == "K08"]
    assert warning.unexplained

    explain(disclosure, warning.said.fingerprint, by=clerk, reason="另行公开")
    explained = next(item for item in judge(disclosure).items if item.said.code == "K08")
    disclosure.glossary_terms.filter(term__contains="机关运行").delete()
    other = next(item for item in judge(disclosure).items if item.said.code == "K08")

    assert explained.explanation.reason == "另行公开"
    assert other.unexplained


def test_an_error_cannot_be_explained_away(spoiled, clerk):
    (error,) = errors(spoiled)

    with pytest.raises(RefusalError, match="请重新查看"):
        explain(spoiled, error.said.fingerprint, by=clerk, reason="没有问题")


def test_a_wrong_sum_blocks_publication_by_its_rule(disclosure):
    line = disclosure.budget.revenuelines.first()
    line.amount += Decimal(100)
    line.save()

    with pytest.raises(RefusalError, match="收入总计|检查发现"):
        check(disclosure, Document.of(disclosure))
