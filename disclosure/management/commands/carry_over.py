"""Starts a draft from last year."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.carrying import carry_over
from disclosure.management import workbooks
from disclosure.refusal import RefusalError


class Command(BaseCommand):
    """``manage.py carry_over 203 2023 --by zhang``."""

    help = (
        "把上年的单位情况、绩效目标、文字说明、名词解释等带入本年草稿中还空着的地方，逐项标为未复核；本年金额一律不带。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the disclosure and who acts."""
        workbooks.add_arguments(parser)

    def handle(self, **options: Any) -> None:
        """Carry over, and say what was and what was not."""
        disclosure = workbooks.disclosure_of(options)
        try:
            carried = carry_over(disclosure, by=workbooks.clerk_of(options, disclosure))
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        for part in carried.parts:
            if part.pairs or part.skipped:
                self.stdout.write(f"{part.title}：带入{len(part.pairs)}处")
                for reason in part.skipped_once:
                    self.stdout.write(f"  没有带入：{reason}")
        self.stdout.write(f"从{carried.source}带入{carried.total}处，都标为未复核；逐项确认或修改后才能提交。")
