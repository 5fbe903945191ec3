"""What ``manage.py check --deploy`` says of our own settings."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks

WHERE = "PUBLIC_URL（没有设置时为 SITE_URL 加 PATH_PREFIX）"
HINT = (
    "在 .env 里设置公开网站的地址，例如 PUBLIC_URL=https://www.example.gov.cn/yusuan，然后重启服务。"
    "公开以后的 PDF 不会再改，二维码印错了只能更正重发。"
)


@checks.register(checks.Tags.security, deploy=True)
def public_address(**_asked: Any) -> list[checks.CheckMessage]:
    """Warn where the QR codes and addresses that are printed in official files would lead nowhere."""
    address = urlsplit(settings.PUBLIC_URL)
    if _is_local(address.hostname or ""):
        said = f"公开网站的地址是“{settings.PUBLIC_URL}”，别的电脑打不开：PDF 上的二维码、验证地址会印错。"
        return [checks.Warning(f"{said}见 {WHERE}。", hint=HINT, id="portal.W001")]
    if address.scheme != "https":
        said = f"公开网站的地址“{settings.PUBLIC_URL}”不是 https：PDF 上的二维码会把读者带到未加密的网页。"
        return [checks.Warning(f"{said}见 {WHERE}。", hint=HINT, id="portal.W002")]
    return []


def _is_local(host: str) -> bool:
    """Tell whether only this machine, or its own network, knows a host by that name."""
    try:
        at = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local"))
    return at.is_loopback or at.is_unspecified
