"""What processes of a test are given to do."""

import os
import signal


def doubled(number: int) -> int:
    """Double a number; a negative one ends the process, zero cannot be done."""
    if number < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 0:
        message = "nothing to double"
        raise ValueError(message)
    return number * 2


def killing(_key: int) -> None:
    """End the process, whatever it is given."""
    os.kill(os.getpid(), signal.SIGKILL)
