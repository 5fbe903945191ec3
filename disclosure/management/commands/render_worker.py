"""Draws the files that publishing left to it: a process of its own, of which several may run on several machines."""

import signal
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from disclosure.management.working import RenderWorker
from disclosure.workflow.claiming import AWAY


class Command(BaseCommand):
    """``manage.py render_worker [--once] [--every 5]``; ends after the edition in hand when it is sent SIGTERM."""

    help = (
        "生成各版次缺少的文件（设了 RENDER_WORKERS=yes 时，公开后的 PDF 由它生成）。一直运行；几台机器可以同时运行"
        "几个，每个版次只由一个生成。收到 SIGTERM，做完手上的一个再停。--once：做完等着的就结束，有失败的退出码为1。"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take how long to run, and how often to look."""
        parser.add_argument("--once", action="store_true", help="做完等着的就结束（用定时器运行时）")
        parser.add_argument("--every", type=int, default=5, help="没有要做的时，隔几秒再看一次；省略为5")

    def handle(self, *, once: bool, every: int, **_options: Any) -> None:
        """Work, and say at the end what was done."""
        worker = RenderWorker(max(every, 1))
        before = signal.signal(signal.SIGTERM, worker.stop)
        try:
            worker.run_once() if once else worker.run()
        except KeyboardInterrupt as error:
            raise CommandError("已中断。已经补上的都完整，没有做完的由下一个进程接着做。") from error
        except AWAY as error:
            raise CommandError("数据库暂时不可用，没有做完。请稍后再运行。") from error
        finally:
            signal.signal(signal.SIGTERM, before)
        said = f"生成了{worker.added}个文件，{worker.failures}次没有成功。"
        self.stdout.write(said)
        if once and worker.failures:
            message = f"{said}原因见看板和后台“没有生成的文件”，过一会儿会再试。"
            raise CommandError(message)
