"""Audits a disclosure of this portal, or checks any document up."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from disclosure.checkup.report import CheckUp, check_document, check_file
from disclosure.document import Document
from disclosure.management import workbooks


class Command(BaseCommand):
    """``manage.py audit (203 2022 | --file PATH) [--format json]``; exit status 1 where there are 错误."""

    help = "审核一个部门（或单位）的公开文件，或检查任何一份预算公开文件；什么也不保存。有错误时退出码为1。"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take a department and year, or a file."""
        parser.add_argument("department", nargs="?", help="部门编码，如 203")
        parser.add_argument("year", nargs="?", type=int, help="年度，如 2022")
        parser.add_argument("--file", type=Path, help="要检查的文件（.docx、.txt、.xlsx、文字版PDF 等），不查数据库")
        parser.add_argument("--unit", default="", help="单位编码；部门预算省略")
        parser.add_argument("--government", default="", help="区划代码；只有一个政府时可省略")
        parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式")
        parser.add_argument("--all", action="store_true", help="也列出通过的和不适用的规则")

    def handle(self, **options: Any) -> None:
        """Audit, print, and tell by the exit status."""
        if bool(options["file"]) == bool(options["department"] and options["year"]):
            raise CommandError("请写部门编码和年度，或用 --file 指明文件。")
        found = _of_file(options["file"]) if options["file"] else _of_disclosure(options)
        if options["format"] == "json":
            listed = [finding._asdict() for finding in found.findings]
            self.stdout.write(json.dumps(listed, ensure_ascii=False, indent=1))
        else:
            self._print(found, everything=options["all"])
        if found.errors:
            sys.exit(1)

    def _print(self, found: CheckUp, *, everything: bool) -> None:
        self.stdout.write(found.title)
        for finding in found.findings:
            place = f"{finding.place}　" if finding.place else ""
            self.stdout.write(f"{finding.severity} {finding.rule}　{place}{finding.message}")
        counts = (len(found.findings), found.errors, len(found.passed), len(found.not_applicable))
        self.stdout.write("发现{}处，其中错误{}处；通过{}条规则，不适用{}条。".format(*counts))
        for code, sentence in found.passed.items() if everything else ():
            self.stdout.write(f"通过 {code}　{sentence}")
        for code, reason in found.not_applicable.items() if everything else ():
            self.stdout.write(f"{code}　{reason}")


def _of_file(path: Path) -> CheckUp:
    try:
        return check_file(path.name, path.read_bytes())
    except OSError as error:
        message = f"不能读取文件{path}。"
        raise CommandError(message) from error
    except ValidationError as error:
        raise CommandError("\n".join(error.messages)) from error


def _of_disclosure(options: dict[str, Any]) -> CheckUp:
    return check_document(Document.of(workbooks.disclosure_of(options)))
