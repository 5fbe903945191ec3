"""Published figures for machines: one declaration for the bulk files, their dictionary, their data package and the API.

Everything is read from editions; superseded and withdrawn ones are only named, never repeated.
"""

from disclosure.opendata import ledger
from disclosure.opendata.bulk import Bundle, BusyError, forget, sweep
from disclosure.opendata.fields import Field
from disclosure.opendata.keys import address_of, find, key_of
from disclosure.opendata.resources import RESOURCES, Resource

__all__ = [
    "RESOURCES",
    "Bundle",
    "BusyError",
    "Field",
    "Resource",
    "address_of",
    "find",
    "forget",
    "key_of",
    "ledger",
    "sweep",
]
