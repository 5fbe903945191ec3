"""A site on which every page has something to show, and an account that may look at all of it."""

import json

from desk import manage

NAME, PASSWORD = "测试全岗位", "wudao-kanjian-2022"
STAGED = f"""
import sys
sys.path.insert(0, "tests")
from datetime import date
from django.contrib.auth.models import User
from django.utils import timezone
from archived import an_archived
from budgets.enums import Role
from budgets.models import *
from disclosure import workflow
from disclosure.document import Document
from disclosure.models import *
from factories import a_row_of_everything, a_unit
from performance.models import AnnualTask, OverallGoal
from published import an_edition, withdraw

first = Edition.objects.get(number=1)
narrative = Narrative.objects.get(disclosure=first.disclosure, key="other_matters")
before, narrative.text = narrative.text, "更正后的说明。"
Narrative.objects.filter(pk=narrative.pk).update(text=narrative.text)
second = an_edition(first.disclosure, Document.of(first.disclosure).content, first.published_by, first)
clerk = User.objects.get(username="demo-clerk")
workflow.correct(Disclosure.objects.get(pk=first.disclosure_id), by=clerk, kind="words", reason="补充说明")

unit = a_unit("130303", "998", "998001")
rows = a_row_of_everything(unit)
CarriedRow.objects.update(model="performance.OverallGoal", row=rows[OverallGoal].pk)
government, department = unit.department.government, unit.department
everybody = User.objects.create_user("{NAME}", password="{PASSWORD}", is_staff=True)
for role in Role:
    Membership.objects.create(user=everybody, role=role, government=government)
budget = Budget.objects.get(department=department)
AnnualTask.objects.create(budget=budget, position=1, name="任务", content="内容")
change = dict(old_code="2010101", old_name="旧名", new_code="2010102", new_name="新名", last_year_of_old=2021)
CodeChange.objects.create(scheme="function", kind="renamed", **change)
pair = Economic.objects.filter(code="30101").last(), GovernmentEconomic.objects.filter(code="50101").last()
EconomicCrosswalk.objects.create(economic=pair[0], payer="机关", government_economic=pair[1])
Withholding.objects.create(budget=budget, scheme="function", code="2013202", ground="保密审查")
Succession.objects.create(government=government, kind="renamed", date=date(2021, 1, 1),
    from_department=Department.objects.get(code="203"), to_department=department)
Notice.objects.create(user=everybody, kind="returned", disclosure=first.disclosure, text="请补充。", key="returned:1",
    at=timezone.now())
SiteIdentity.objects.create(sponsor="示例市示例区财政局", contact="0335-0000000")
gone = rows[EditionEvidence].edition
UrgentPublication.objects.create(edition=gone, reason="突发事件", by=clerk, at=timezone.now())
withdraw(gone)
an_archived(Department.objects.get(code="203"), everybody)
"""
KNOWN = """
import json
from django.apps import apps
from django.contrib import admin
from disclosure.models import Disclosure, Edition
newest = lambda model: model.objects.order_by("-pk").values_list("pk", flat=True).first()
rows = {model._meta.label_lower: newest(model) for model in admin.site._registry}
sample = Edition.objects.get(department_code="203", number=1)
rows["sample"] = sample.disclosure_id
print(json.dumps(rows))
"""


def staged(place: dict[str, str]) -> dict[str, int | None]:
    """Fill a published site with a row of everything; give a row of each registered model, and the sample's draft."""
    manage(place, "shell", "-v0", "-c", STAGED)
    manage(place, "rebuild_search")
    return json.loads(manage(place, "shell", "-v0", "-c", KNOWN))
