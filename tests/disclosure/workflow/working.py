"""A render worker as a process of its own, whose files cost nothing and whose PDF takes as long as it is told.

``python working.py SECONDS ARGUMENT…`` runs ``render_worker`` with these arguments and prints each edition it begins.
"""

import signal
import sys
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402 needs Django

from disclosure.enums import FileFormat  # noqa: E402 as above
from disclosure.render import RENDERERS  # noqa: E402 as above


def slow(document) -> bytes:
    """Draw a PDF that takes its time."""
    print("begun", document.context.imprint.number, flush=True)  # noqa: T201 read by the test
    time.sleep(int(sys.argv[1]))
    return f"pdf {document.sha256} {document.context.imprint.number}".encode()


RENDERERS[FileFormat.PDF] = slow
signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs tests in the background has it ignored
call_command("render_worker", *sys.argv[2:])
