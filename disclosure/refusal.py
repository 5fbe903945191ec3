"""A step that cannot be taken."""


class RefusalError(Exception):
    """A step that cannot be taken; the text says why and what to do."""
