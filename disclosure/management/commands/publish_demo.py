"""Takes the demo department through every step to its first edition, one account a step."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.models import Disclosure, Edition
from disclosure.refusal import RefusalError
from disclosure.sample.crew import store_crew, walk_to_the_public

REASON = "演示数据：与原公开文件一致，未作改动。"


class Command(BaseCommand):
    """``manage.py publish_demo``."""

    help = "把演示部门送审、签署并公开（每一步由一个演示账号办理）；已公开时不作改动。"

    def handle(self, **_options: Any) -> None:
        """Walk the steps; change nothing where it is published."""
        if Edition.objects.at("130303", 2022, "203").exists():
            self.stdout.write("演示部门已经公开，未作改动。")
            return
        demo = Disclosure.objects.filter(budget__department__government__code="130303", budget__department__code="203")
        disclosure = demo.filter(unit=None).first()
        if disclosure is None:
            raise CommandError("没有演示部门。请先运行 manage.py load_demo。")
        department = disclosure.budget.department
        try:
            edition = walk_to_the_public(
                disclosure, store_crew(department.government, "demo", department), reason=REASON
            )
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"已公开：{edition}，内容校验值 {edition.content_sha256}")
