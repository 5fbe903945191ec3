"""Says which fonts the PDF is drawn with and which characters of GB 18030-2022 they cover."""

from typing import Any

from django.core.management.base import BaseCommand

from disclosure import coverage, fonts


class Command(BaseCommand):
    """Lists the roles with their files, then the coverage of all of them together."""

    help = "列出PDF所用字体，以及对GB 18030-2022汉字的覆盖情况。"

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Print."""
        for role in fonts.ROLES:
            own = fonts.dropped_in(role.own)
            used = own.name if own else "、".join(dict.fromkeys(role.files.values()))
            origin = "自有" if own else "随系统"
            self.stdout.write(f"{role.name}：{used}（{origin}；自有字体放入字体目录，命名为{role.own}.ttf）")
        for name, count, total in coverage.covered(coverage.printable()):
            self.stdout.write(f"{name}：{count}/{total}")
        self.stdout.write(f"字体校验值：{fonts.fingerprint()}")
