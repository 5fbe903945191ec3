"""Reads many files one after the other, each in a fork under the child's limits: starting Python each time is slow."""

import os
import resource
import struct
import sys

HEADER = struct.Struct("<4sI")
SECONDS = 2
"""Less than the child has: a spoilt XLS may send calamine in circles."""


def main() -> None:
    """Answer to every ``(sort, length) data`` on standard input with ``(status, length) answer``."""
    import python_calamine  # noqa: F401 loaded before the forks

    from budgets.readers.child import reading

    resource.setrlimit(resource.RLIMIT_AS, (reading.MEMORY, reading.MEMORY))
    while header := sys.stdin.buffer.read(HEADER.size):
        sort, length = HEADER.unpack(header)
        data = sys.stdin.buffer.read(length)
        status, answer = _forked(lambda sort=sort, data=data: reading.answer(sort.rstrip(b"\0").decode(), data))
        sys.stdout.buffer.write(HEADER.pack(b"dead" if status else b"done", len(answer)) + answer)
        sys.stdout.buffer.flush()


def _forked(read) -> tuple[int, bytes]:
    inward, outward = os.pipe()
    process = os.fork()
    if not process:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        with os.fdopen(outward, "wb") as answer:
            answer.writelines(read())
        os._exit(0)
    os.close(outward)
    with os.fdopen(inward, "rb") as answer:
        told = answer.read()
    return os.waitpid(process, 0)[1], told


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    main()
