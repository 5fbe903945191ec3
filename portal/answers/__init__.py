"""Answers of public pages as they were sent, kept on a shelf until anything public is written (decision 0021)."""

from portal.answers.serving import Answers
from portal.answers.shelf import Shelf

__all__ = ["Answers", "Shelf"]
