"""Draws the files of a year's editions on all cores: those that are missing, and the others again to compare them."""

from argparse import ArgumentParser, ArgumentTypeError
from collections import Counter
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.management.progress import Progress
from disclosure.management.rendering import COMPARE, COMPLETE, Rendered, outcome
from disclosure.management.spreading import cores, spread
from disclosure.models import Edition


class Command(BaseCommand):
    """``manage.py render_editions --year 2022 [--missing] [--jobs N]``; may be killed, and goes on when run again."""

    help = (
        "用全部处理器补齐一个年度各版次缺少的文件；不写 --missing 时，已有的也重新生成一遍，逐字节比较：不同的只列出，"
        "从不替换。中断以后再运行，接着做。有失败的，退出码为1。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the year, what to draw, and on how many cores."""
        parser.add_argument("--year", type=int, required=True, help="年度，如 2022")
        parser.add_argument("--government", default="", help="区划代码；省略为全部")
        parser.add_argument("--missing", action="store_true", help="只补缺少的文件，不比较已有的")
        parser.add_argument("--jobs", type=_jobs, default=cores(), help="同时用几个进程；省略为全部处理器")

    def handle(self, **options: Any) -> None:
        """Go through the editions, say of each what there is to say, and fail where one failed."""
        editions = Edition.objects.standing().filter(year=options["year"])
        if options["government"]:
            editions = editions.filter(government_code=options["government"])
        if options["missing"]:
            editions = editions.lacking_files()
        chosen = list(editions.order_by("pk").values_list("pk", flat=True))
        if not chosen:
            self.stdout.write("没有版次缺少文件。" if options["missing"] else f"{options['year']}年没有公开的版次。")
            return
        try:
            counts = self._drawn(chosen, COMPLETE if options["missing"] else COMPARE, options["jobs"])
        except KeyboardInterrupt as error:
            raise CommandError("已中断。已经补上的都完整，再运行一次就接着做。") from error
        said = f"共{len(chosen)}个版次：补了{counts['added']}个文件，{counts['different']}个文件与存放的不同"
        self.stdout.write(f"{said}，{counts['failures']}处失败。")
        if counts["failures"]:
            message = f"有{counts['failures']}处失败，原因见上；排除后再运行一次。"
            raise CommandError(message)

    def _drawn(self, chosen: list[int], work: str, jobs: int) -> Counter[str]:
        counts: Counter[str] = Counter()
        progress = Progress(self.stdout, len(chosen))
        for done in spread(work, chosen, jobs):
            rendered = outcome(done)
            for name in ("added", "different", "failures"):
                counts[name] += len(getattr(rendered, name))
            for line in _lines(rendered):
                progress.say(line)
            progress.step()
        progress.end()
        return counts


def _lines(rendered: Rendered) -> list[str]:
    lines = [f"失败　{rendered.name}：{reason}" for reason in rendered.failures]
    if rendered.different:
        forms = "、".join(rendered.different)
        lines.append(f"不同　{rendered.name}：{forms}重新生成后与存放的不同（程序库、字体或版式变了），没有替换。")
    return lines


def _jobs(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        message = f"“{text}”无效，请写1或更大的整数。"
        raise ArgumentTypeError(message)
    return int(text)
