"""A past disclosure as written (Word or text), read into a proposal: nothing is kept, nothing guessed silently."""

from disclosure.intake.past.proposal import Proposal
from disclosure.intake.past.reading import read_past
from disclosure.intake.past.sheets import datasets

__all__ = ["Proposal", "datasets", "read_past"]
