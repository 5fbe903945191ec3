"""The layouts a disclosure may be printed in, and those by which other people's documents are read."""

from disclosure.layouts.base import Layout
from disclosure.layouts.foreign import FOREIGN, FOREIGN_FRESH
from disclosure.layouts.hebei import HEBEI
from disclosure.layouts.national import NATIONAL

LAYOUTS: dict[str, Layout] = {layout.key: layout for layout in (HEBEI, NATIONAL)}
READ_ONLY: dict[str, Layout] = {layout.key: layout for layout in (FOREIGN, FOREIGN_FRESH)}


def layout_of(key: str) -> Layout:
    """Return the layout a document names, be it one that is only read; raise KeyError for none."""
    return LAYOUTS.get(key) or READ_ONLY[key]
