"""Where a request comes from: the address of the browser, told by the proxy in front where there is one we trust."""

import ipaddress
from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest


def by_proxy(request: HttpRequest) -> bool:
    """Tell whether a request came through a proxy of ours; one through a socket of this machine did."""
    return among(request.META.get("REMOTE_ADDR", ""), settings.TRUSTED_PROXIES, nobody=True)


def address_of(request: HttpRequest) -> str:
    """Return the address of whoever asks: the last that our proxy named, else that of the connection."""
    if by_proxy(request):
        named = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
        if named:
            return named
    return str(request.META.get("REMOTE_ADDR", ""))


def among(address: str, networks: Iterable[str], *, nobody: bool = False) -> bool:
    """Tell whether an address belongs to one of the networks; ``nobody``: what to say where there is none."""
    if not address:
        return nobody
    try:
        known = ipaddress.ip_address(address)
        return any(known in ipaddress.ip_network(network, strict=False) for network in networks)
    except ValueError:
        return False
