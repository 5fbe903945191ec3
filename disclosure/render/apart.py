"""The PDF of an edition, drawn in a process of its own: one that is killed takes nobody with it."""

import subprocess
import sys

import msgspec
from django.conf import settings

from disclosure.content import parse
from disclosure.document import Context, Document, Imprint
from disclosure.render import pdf
from disclosure.render.failing import NotDrawnError, killed, reason_of

PATIENCE = 600
"""Seconds; a hundred times what a long document takes."""
CHILD = """
import os
os.environ["DRAWS_ONLY"] = "yes"
import django
django.setup()
from disclosure.render.apart import main
main()
"""
COMMAND = (sys.executable, "-c", CHILD)
FAILED = 3


class Failed(msgspec.Struct, frozen=True):
    """What the process says where it could not draw."""

    reason: str
    is_engine_missing: bool


def render(document: Document) -> bytes:
    """Return the PDF; raise EngineMissingError without Pango, and NotDrawnError with the reason for anything else."""
    try:
        done = subprocess.run(  # noqa: S603 our own
            COMMAND,
            input=request(document),
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            timeout=PATIENCE,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise NotDrawnError(f"超过{PATIENCE // 60}分钟还没有生成，已停止。") from error
    if done.returncode == FAILED:
        said = msgspec.json.decode(done.stdout, type=Failed)
        raise pdf.EngineMissingError if said.is_engine_missing else NotDrawnError(said.reason)
    if done.returncode:
        raise NotDrawnError(killed(done.returncode))
    return done.stdout


def request(document: Document) -> bytes:
    """Return what the process of its own is told on its standard input."""
    return msgspec.msgpack.encode((document.canonical, document.context.imprint))


def main() -> None:
    """Draw what comes in, in the process of its own."""
    text, imprint = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=tuple[str, Imprint | None])
    document = Document(parse(text), Context(imprint=imprint))
    document.canonical = text
    try:
        data = pdf.render(document)
    except Exception as error:  # noqa: BLE001 whatever it is, it is told
        failed = Failed(reason_of(error), isinstance(error, pdf.EngineMissingError))
        sys.stdout.buffer.write(msgspec.json.encode(failed))
        sys.exit(FAILED)
    sys.stdout.buffer.write(data)
