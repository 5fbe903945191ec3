"""One fault for each rule about completeness, publication and plausibility (K, P); what right documents get."""

from faults import Fault

FAULTS: dict[str, Fault] = {}
EXPECTED: dict[str, tuple[str, ...]] = {}
"""By base, the codes of warnings and notes that its clean document rightly gets; never an error."""
