#!/usr/bin/env python
"""Django's command line for this project; an outage is said in a sentence, unless ``--traceback`` asks for all."""

import os
import sys

from django.core.management import execute_from_command_line


def main(arguments: list[str]) -> None:
    """Run a command."""
    try:
        execute_from_command_line(arguments)
    except Exception as error:
        from portal.outages import outage_of

        outage = None if "--traceback" in arguments else outage_of(error)
        if outage is None:
            raise
        sys.exit(f"CommandError: {outage.title}（{type(error).__name__}）。{outage.cure}")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    main(sys.argv)
