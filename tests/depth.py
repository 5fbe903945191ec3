"""How much of what is tried many times a run tries: a share in every check, all of it with ``WHOLE=yes``.

``./check --whole`` and the scoreboard (``python -m bench reliability``) try all of it; see decision 0023.
"""

import os

WHOLE = os.environ.get("WHOLE") == "yes"


def times(whole: int, share: int) -> int:
    """Return how often this run tries something that a whole run tries ``whole`` times."""
    return whole if WHOLE else share
