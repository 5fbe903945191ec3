"""The layouts a disclosure may be printed in."""

from disclosure.layouts.base import Layout
from disclosure.layouts.hebei import HEBEI
from disclosure.layouts.national import NATIONAL

LAYOUTS: dict[str, Layout] = {layout.key: layout for layout in (HEBEI, NATIONAL)}
