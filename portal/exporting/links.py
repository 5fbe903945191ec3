"""Finds the links of a page and leads them to files."""

import re
from collections.abc import Callable
from html import escape, unescape

LINK = re.compile(r'(\s(?:href|src|action|data-index|data-root)=")([^"]*)(")')


def within(address: str) -> bool:
    """Tell whether an address is one of this site's."""
    return address.startswith("/") and not address.startswith("//")


def found_in(text: str) -> list[str]:
    """Return the addresses of this site that a page leads to, each once, without the place in the page."""
    addresses = (unescape(link[2]).partition("#")[0] for link in LINK.finditer(text))
    return list(dict.fromkeys(address for address in addresses if within(address)))


def led(text: str, leads: Callable[[str], str]) -> str:
    """Return a page whose links to this site are what ``leads`` makes of them."""

    def changed(link: re.Match[str]) -> str:
        address, hash_, place = unescape(link[2]).partition("#")
        return f"{link[1]}{escape(leads(address) + hash_ + place)}{link[3]}" if within(address) else link[0]

    return LINK.sub(changed, text)
