"""One fault for each rule about old words, residues, typos, personal data (C, S, W); what right documents get."""

from faults import Fault

FAULTS: dict[str, Fault] = {}
EXPECTED: dict[str, tuple[str, ...]] = {}
"""By base, the codes of warnings and notes that its clean document rightly gets; never an error."""
