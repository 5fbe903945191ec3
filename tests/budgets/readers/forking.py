"""Reads many files one after the other, each in a fork under the child's limits: starting Python each time is slow.

A reader has its bytes and needs nothing else: a fork that opens a file or a connection, or starts a program, is told
apart from one that ends at a limit.
"""

import json
import os
import resource
import struct
import subprocess
import sys
from contextlib import contextmanager

HEADER = struct.Struct("<4sI")
SECONDS = 2
"""Less than the child has: a spoilt XLS may send calamine in circles."""
REACHING = (
    "open",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "socket.",
    "subprocess.",
    "urllib.",
    "ctypes.dlopen",
)
REACHED = 77


def main() -> None:
    """Answer to every ``(sort, length) data`` on standard input with ``(status, length) answer``."""
    readers = _readers()
    while header := sys.stdin.buffer.read(HEADER.size):
        sort, length = HEADER.unpack(header)
        data = sys.stdin.buffer.read(length)
        read, memory = readers.get(sort.rstrip(b"\0").decode(), readers[""])
        status, answer = forked(lambda read=read, sort=sort, data=data: read(sort, data), memory)
        said = {0: b"done", REACHED << 8: b"away"}.get(status, b"dead")
        sys.stdout.buffer.write(HEADER.pack(said, len(answer)) + answer)
        sys.stdout.buffer.flush()


def _readers():
    """Load the readers with all that they load themselves, before the forks."""
    import encodings.utf_16
    import encodings.utf_32  # noqa: F401

    import pypdfium2.raw  # noqa: F401
    import python_calamine  # noqa: F401

    from budgets.readers import wordxml
    from budgets.readers.child import lattice, pages, reading  # noqa: F401

    return {
        "docx": (lambda _sort, data: [json.dumps(wordxml.blocks(data)).encode()], wordxml.MEMORY),
        "pdf": (lambda _sort, data: [json.dumps(pages.answer(data)).encode()], pages.MEMORY),
        "": (lambda sort, data: reading.answer(sort.rstrip(b"\0").decode(), data), reading.MEMORY),
    }


def forked(read, memory) -> tuple[int, bytes]:
    inward, outward = os.pipe()
    process = os.fork()
    if not process:
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        try:
            with os.fdopen(outward, "wb") as answer:
                sys.addaudithook(_stay)
                answer.writelines(read())
            os._exit(0)
        finally:  # no traceback: it would open the source
            os._exit(1)
    os.close(outward)
    with os.fdopen(inward, "rb") as answer:
        told = answer.read()
    return os.waitpid(process, 0)[1], told


def _stay(event: str, arguments: tuple) -> None:
    """End at once where something is reached for; Python's own modules and data may be loaded late."""
    own = (
        event == "open"
        and str(arguments[0]).startswith((sys.prefix, sys.base_prefix))
        and arguments[1] in {"r", "rb", None}
    )
    if event.startswith(REACHING) and not own:
        os._exit(REACHED)


@contextmanager
def asking(root):
    """Give a function that reads one file of a sort in a fork, and answers with its end and what it wrote."""
    command = [sys.executable, "-I", __file__, str(root)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:

        def asked(sort: str, data: bytes) -> tuple[bytes, bytes]:
            process.stdin.write(HEADER.pack(sort.encode(), len(data)) + data)
            process.stdin.flush()
            status, length = HEADER.unpack(process.stdout.read(HEADER.size))
            answer = process.stdout.read(length)
            assert status != b"away"
            return status, answer

        yield asked


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    main()
