"""Where a request comes from: the one place that reads addresses, and the only one that believes a proxy."""

import ipaddress
from typing import Any

from django.conf import settings

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
OF_ONE_HOUSEHOLD = 64
"""The bits of an IPv6 address that tell one subscriber from the next; below them everybody chooses freely."""


def address_of(request: Any) -> str:
    """Return the address of whoever asks, blank where none is known.

    ``X-Forwarded-For`` counts only where the request comes from a proxy in ``TRUSTED_PROXIES`` (or over a socket of
    this machine, which has no address): then the last address in it that is not such a proxy itself.
    """
    if request is None:
        return ""
    last = _read(request.META.get("REMOTE_ADDR", ""))
    if not settings.TRUSTED_PROXIES or not _trusted(last):
        return str(last or "")
    for said in reversed(request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")):
        found = _read(said)
        if found is None:
            break
        last = found
        if not _trusted(found):
            break
    return str(last or "")


def by_proxy(request: Any) -> bool:
    """Tell whether a request came through a proxy of ours, or over a socket of this machine."""
    return _trusted(_read(request.META.get("REMOTE_ADDR", "")))


def household_of(address: str) -> str:
    """Return what is counted as one: an IPv4 address, or the /64 of an IPv6 address."""
    found = _read(address)
    if isinstance(found, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((int(found), OF_ONE_HOUSEHOLD), strict=False))
    return address


def within(address: str, networks: Any) -> bool:
    """Tell whether an address lies in one of some networks; one that cannot be read lies in none."""
    found = _read(address)
    return found is not None and any(found in network for network in networks)


def _trusted(address: Address | None) -> bool:
    return address is None or any(address in network for network in settings.TRUSTED_PROXIES)


def _read(said: str) -> Address | None:
    """Read an address; an IPv4 address that is written as IPv6 is an IPv4 address."""
    try:
        found = ipaddress.ip_address(said.strip().strip("[]"))
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found
