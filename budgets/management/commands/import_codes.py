"""Imports a year's official list of codes, or only says what it would change."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from budgets.access import may
from budgets.enums import CodeScheme
from budgets.lists import MODELS
from budgets.readers.files import read_file
from budgets.readers.headers import listing_of
from budgets.yearly_lists import Difference, Proposal, apply, digest


class Command(BaseCommand):
    """``manage.py import_codes functional_general 2025 file.xlsx [--dry-run]``."""

    help = "导入一个年度的正式目录，先列出全部新增、改名和删去。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the list, its year and its file."""
        parser.add_argument("scheme", choices=CodeScheme.values, help="分类")
        parser.add_argument("year", type=int, help="年度，如 2025")
        parser.add_argument("file", type=Path, help="XLSX、XLS、ET、ODS 或 CSV 文件")
        parser.add_argument("--dry-run", action="store_true", help="只列出变化，不导入")
        parser.add_argument("--by", default="", help="操作人用户名，须有权修改科目；导入时必填")

    def handle(self, **options: Any) -> None:
        """Print the difference, then store it."""
        try:
            rows = listing_of(read_file(options["file"].name, options["file"].read_bytes())).rows
            model = MODELS[options["scheme"]]
            proposal = Proposal(model, options["year"], rows, options["scheme"], options["file"].name)
            differences = proposal.compare()
            for difference in differences:
                self._print(difference)
            if not options["dry_run"]:
                apply(proposal, by=_keeper(options["by"], model), seen=digest(differences))
                self.stdout.write("已导入。")
        except OSError as error:
            raise CommandError(f"不能读取文件{options['file']}。") from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error

    def _print(self, difference: Difference) -> None:
        self.stdout.write(f"{difference.title}，与{difference.against}比较：")
        lines = [f"  改名 {row.code} {row.old} → {row.name}" for row in difference.renames]
        lines += [f"  删去 {row.code} {row.name}" for row in difference.removals]
        lines += [f"  新增 {row.code} {row.name}" for row in difference.additions]
        counts = [len(difference.additions), len(difference.renames), len(difference.removals), difference.unchanged]
        lines.append("新增{}个，改名{}个，删去{}个，不变{}个。".format(*counts))
        self.stdout.write("\n".join(lines))


def _keeper(name: str, model: Any) -> Any:
    user = get_user_model().objects.filter(username=name).first()
    if user is None or not may(user, model, "change"):
        raise CommandError("请用 --by 指明一个有权修改科目的用户名（系统管理员或财政审核人）。")
    return user
