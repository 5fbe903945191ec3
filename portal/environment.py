"""Reads settings from the environment; a malformed value is refused with a sentence that says what to write."""

import ipaddress
import os
import re

from django.core.exceptions import ImproperlyConfigured

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
ORIGIN = re.compile(r"https?://[A-Za-z0-9.*:\[\]-]+")


def text(name: str, default: str) -> str:
    """Read a setting as text; refuse one that is set but blank."""
    value = os.environ.get(name, default)
    if name in os.environ and not value.strip():
        message = f"环境变量{name}已设置但为空。请填写内容，或删除这一行以使用默认值。"
        raise ImproperlyConfigured(message)
    return value.strip()


def switch(name: str, *, default: bool) -> bool:
    """Read a setting as yes or no; refuse anything else."""
    value = text(name, "yes" if default else "no").lower()
    if value not in {"yes", "no"}:
        message = f"环境变量{name}的值“{value}”无效，只能是 yes 或 no。"
        raise ImproperlyConfigured(message)
    return value == "yes"


def address(name: str, default: str) -> str:
    """Read a setting as the address of a website; refuse anything else."""
    value = text(name, default)
    if not value.startswith(("http://", "https://")):
        message = f"环境变量{name}的值“{value}”无效，应以 http:// 或 https:// 开头，例如 https://yusuan.example.cn 。"
        raise ImproperlyConfigured(message)
    return value.rstrip("/")


def several(name: str, default: str = "") -> list[str]:
    """Read a setting as a list of values between commas."""
    return [one.strip() for one in text(name, default).split(",") if one.strip()]


def number(name: str, default: int, *, least: int = 0) -> int:
    """Read a setting as a whole number, ``least`` or more; refuse anything else."""
    value = text(name, str(default))
    if not (value.isascii() and value.isdecimal()) or int(value) < least:
        message = f"环境变量{name}的值“{value}”无效，应为不小于{least}的整数，例如 {default}。"
        raise ImproperlyConfigured(message)
    return int(value)


def networks(name: str, default: str = "") -> list[Network]:
    """Read a setting as a list of addresses and networks, IPv4 or IPv6; refuse anything else."""
    found: list[Network] = []
    for one in several(name, default):
        try:
            found.append(ipaddress.ip_network(one))
        except ValueError as error:
            message = f"环境变量{name}中的“{one}”无效，应为地址或网段，用逗号分隔，例如 10.20.0.0/16,2001:db8::/48 。"
            raise ImproperlyConfigured(message) from error
    return found


def origins(name: str) -> list[str]:
    """Read a setting as a list of websites, each by its scheme and host; refuse anything else."""
    found = several(name)
    for one in found:
        if not ORIGIN.fullmatch(one):
            message = f"环境变量{name}中的“{one}”无效，应为网站地址（不带路径），例如 https://www.example.gov.cn 。"
            raise ImproperlyConfigured(message)
    return found
