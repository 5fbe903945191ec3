"""What the tests of one file begin with: made once and undone at its end; each test undoes what it does itself."""

from contextlib import contextmanager

from django.db import transaction


@contextmanager
def undone_at_the_end(blocker):
    """Let the database be written to, and undo all of it at the end; tests in between nest as savepoints."""
    with blocker.unblock():
        atomic = transaction.atomic()
        atomic._from_testcase = True  # what must not nest in a transaction may nest in this one
        with atomic:
            yield
            transaction.set_rollback(True)
