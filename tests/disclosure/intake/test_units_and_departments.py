"""A unit's disclosure takes only the unit's own; a document that holds more says where it belongs."""

import pytest
from django.contrib.auth import get_user_model
from test_written import TEXT, TITLE, a_clerk

from budgets.enums import Role
from budgets.models import Membership
from disclosure.intake.run import Upload, preview
from disclosure.models import Disclosure

WAY = "请由部门经办人到“203 山海关区组织部门2022年预算公开”的页面导入；"


@pytest.fixture
def of_unit(disclosure):
    unit = disclosure.budget.department.units.get(name__contains="老干部服务中心")
    return Disclosure.objects.create(budget=disclosure.budget, unit=unit)


@pytest.fixture
def units_clerk(of_unit):
    user = get_user_model().objects.create(username="unit")
    department = of_unit.budget.department
    common = {"government": department.government, "department": department, "unit": of_unit.unit}
    Membership.objects.create(user=user, role=Role.CLERK, **common)
    return user


@pytest.mark.parametrize("whose", ["department", "unit"])
def test_a_units_document_that_lists_other_units_names_the_way_out(of_unit, units_clerk, whose):
    clerk = units_clerk if whose == "unit" else a_clerk(of_unit)
    upload = Upload("a.txt", TEXT.decode().replace(TITLE, f"{of_unit.unit.name}2022年部门预算公开说明").encode())

    problems = preview(of_unit, upload, by=clerk).problems

    assert [(one.place, one.value) for one in problems] == [("第23行", "203001"), ("第28行", "203002")]
    assert {one.fix for one in problems} == {f"{WAY}只导入本单位的，请删去其他单位的内容后重试。"}


def test_the_departments_document_is_sent_to_the_department(of_unit, units_clerk):
    [problem] = preview(of_unit, Upload("a.txt", TEXT), by=units_clerk).problems

    assert problem.place == "第1行"
    assert problem.fix == f"这是整个部门的文件：{WAY}或换成秦皇岛市山海关区老干部服务中心的文件。"
