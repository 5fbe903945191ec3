"""Everything ``./run`` needs before it serves, in one process: tables, codes, the demo department, static files."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from budgets.models import Department
from disclosure.models import Edition


class Command(BaseCommand):
    """``manage.py prepare``; safe to run again, keeps what is there."""

    help = "准备数据库、科目目录、演示部门（仅空库）和静态文件；可重复执行，保留已有数据。"

    def handle(self, **_options: Any) -> None:
        """Do what is missing, saying what it does."""
        self.stdout.write("· 准备数据库")
        call_command("migrate", verbosity=0)
        self.stdout.write("· 载入科目目录")
        call_command("load_codes", stdout=StringIO())
        call_command("load_demo", stdout=self.stdout)
        demo = Department.objects.filter(government__code="130303", code="203").exists()
        if demo and not Edition.objects.at("130303", 2022, "203").exists():
            self.stdout.write("· 公开演示部门（生成 PDF 需要几秒）")
            call_command("publish_demo", stdout=self.stdout)
        self._complete_files()
        call_command("rebuild_search", stdout=self.stdout)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("demo_accounts", stdout=self.stdout)

    def _complete_files(self) -> None:
        """Add PDFs that could not be drawn before; without the engine, go on without them."""
        try:
            call_command("complete_files", stdout=self.stdout)
        except CommandError as error:
            self.stdout.write(f"· {error}")
