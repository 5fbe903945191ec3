"""Makes a synthetic government for tests and benchmarks, clearly labelled 示例."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from budgets.models import Government
from disclosure.refusal import RefusalError
from disclosure.sample.government import Plan, PlanError, make_government, publish_government


class Command(BaseCommand):
    """``manage.py make_sample_government --departments 12 --years 3 --seed 1``."""

    help = "生成一个虚构的政府（示例数据，非真实政府），用于试用、测试和测速；同样的参数得到同样的数据。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the plan."""
        parser.add_argument("--departments", type=int, required=True, help="部门数")
        parser.add_argument("--years", type=int, required=True, help="年度数，从2022年起")
        parser.add_argument("--seed", type=int, required=True, help="种子：换一个种子得到另一个政府")
        parser.add_argument("--units", type=int, help="每个部门的单位数；不填则各部门不同")
        parser.add_argument("--lines", type=int, help="每个部门每年至少多少条支出明细")
        parser.add_argument("--units-too", action="store_true", help="与 --publish 合用：单位预算也公开")
        parser.add_argument("--publish", action="store_true", help="生成后逐年公开各部门预算（每份生成PDF需要几秒）")

    def handle(self, **options: Any) -> None:
        """Make it, then publish where asked."""
        plan = Plan(**{name: options[name] for name in ("departments", "years", "seed", "units", "lines")})
        try:
            government = make_government(plan)
        except PlanError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"已生成{government.full_name}（区划代码{government.code}）：{government.notice}。")
        if options["publish"]:
            self._publish(government, units=options["units_too"])

    def _publish(self, government: Government, *, units: bool) -> None:
        try:
            for edition in publish_government(government, units=units):
                self.stdout.write(f"已公开：{edition}")
        except RefusalError as refusal:
            raise CommandError(f"数据已生成，公开中止：{refusal}") from refusal
