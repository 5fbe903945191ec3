"""Works on a long import that a page has ordered; the page starts it by itself, nobody else need."""

import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.desk.underway import Job, root
from disclosure.desk.working import watch, work


class Command(BaseCommand):
    """``manage.py work_on_import NAME --lock N``: the job's name, and the lock it holds, inherited as a descriptor."""

    help = "执行后台页面上提交的大文件预览或导入（由页面自动启动，不需要手工运行）。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the job."""
        parser.add_argument("name")
        parser.add_argument("--lock", type=int, default=None)

    def handle(self, **options: Any) -> None:
        """Work, and let go of the lock as soon as the end is noted."""
        names = [path.name for path in root().glob("*/")]
        if options["name"] not in names:
            raise CommandError("没有这项导入，请在后台页面重新上传文件。")
        job = Job(root() / options["name"])
        if options["lock"] is not None:
            watch(job)
        work(job)
        if options["lock"] is not None:
            os.close(options["lock"])
