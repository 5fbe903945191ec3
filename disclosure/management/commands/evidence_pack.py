"""Writes everything on record about an edition into one ZIP."""

import shutil
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from budgets.enums import Role
from budgets.models import Membership
from disclosure.evidence import pack
from disclosure.models import Edition
from disclosure.refusal import RefusalError


class Command(BaseCommand):
    """``manage.py evidence_pack 130303 203 2022 FILE``."""

    help = "把一个版次的全部记录（留痕材料）写成一个 ZIP 文件；下载记入审计轨迹。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the edition and the file."""
        parser.add_argument("government", help="区划代码，如 130303")
        parser.add_argument("department", help="部门编码，如 203")
        parser.add_argument("year", type=int, help="年度，如 2022")
        parser.add_argument("file", type=Path, help="要写的 ZIP 文件")
        parser.add_argument("--unit", default="", help="单位编码；部门预算省略")
        parser.add_argument("--edition", type=int, help="版次，如 2；省略为最新一版")
        parser.add_argument("--by", default="", help="下载人用户名；该政府只有一名发布人时可省略")

    def handle(self, *, file: Path, **options: Any) -> None:
        """Write it, readable by its owner alone."""
        edition = _edition(options)
        try:
            made = pack(edition, by=_person(options))
        except RefusalError as refusal:
            raise CommandError(str(refusal)) from refusal
        try:
            file.touch(mode=0o600)
            with made.file, file.open("wb") as target:
                shutil.copyfileobj(made.file, target)
        except OSError as error:
            message = f"不能写文件{file}：{error.strerror}。"
            raise CommandError(message) from error
        self.stdout.write(f"已写出{edition}的留痕材料：{file}（校验值 {made.sha256}）")
        if made.missing:
            self.stderr.write(
                f"有{made.missing}个文件缺失或已损坏，没有收入，见其中的“清单.csv”。请从备份恢复后重新导出。"
            )


def _edition(options: dict[str, Any]) -> Edition:
    at = (options["government"], options["year"], options["department"], options["unit"])
    found = Edition.objects.at(*at).order_by("-number")
    edition: Edition | None = (found.filter(number=options["edition"]) if options["edition"] else found).first()
    if edition is None:
        raise CommandError("没有找到这一版次。请核对区划代码、部门编码、年度、单位编码和版次。")
    return edition


def _person(options: dict[str, Any]) -> Any:
    users = get_user_model().objects.filter(is_active=True)
    if options["by"]:
        found = users.filter(username=options["by"])
    else:
        posts = Membership.objects.in_force().filter(role=Role.PUBLISHER, government__code=options["government"])
        found = users.filter(memberships__in=posts).distinct()
    names = sorted(user.get_username() for user in found)
    if len(names) != 1:
        message = f"请用 --by 指明下载人（现有发布人：{'、'.join(names) or '无'}）。"
        raise CommandError(message)
    return found[0]
