"""What ``manage.py check --deploy`` says of our own settings."""

import ipaddress
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from budgets.enums import Role
from portal.storage import FOLDER, missing_libraries

WHERE = "PUBLIC_URL（没有设置时为 SITE_URL 加 PATH_PREFIX）"
HINT = (
    "在 .env 里设置公开网站的地址，例如 PUBLIC_URL=https://www.example.gov.cn/yusuan，然后重启服务。"
    "公开以后的 PDF 不会再改，二维码印错了只能更正重发。"
)
KNOWING = ("verify-ca", "verify-full")
"""How a connection to PostgreSQL is encrypted where the server's certificate is looked at as well."""


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


@checks.register(checks.Tags.security, deploy=True)
def protected(**_asked: Any) -> list[checks.CheckMessage]:
    """Warn of protections that are switched off, or that cannot work as the site is set up."""
    missing = [
        (not settings.DESK_NETWORKS, "W003", "后台对所有地址开放", "设置 DESK_NETWORKS，只对单位的网段开放后台。"),
        (
            settings.HTTPS and not settings.TRUSTED_PROXIES,
            "W004",
            "前端代理后面看不到来访者的地址，锁定、限次、来源地址都认成代理的",
            "设置 TRUSTED_PROXIES 为前端代理的地址，例如 127.0.0.1。",
        ),
        (not settings.LOCK_AFTER, "W005", "密码输错多少次也不锁定", "删除 LOCK_AFTER=0，或设为 5。"),
        (not settings.RATE_LIMITS, "W006", "没有限制请求次数", "删除 RATE_LIMITS=no。"),
        ("none" in settings.MFA_ROLES, "W007", "没有岗位要求动态口令", "设置 MFA_ROLES，至少包括发布人和管理员。"),
        (not settings.PASSWORD_DAYS, "W008", "密码从不到期，等级保护要求定期更换", "删除 PASSWORD_DAYS=0，或设为 90。"),
    ]
    return [checks.Warning(f"{said}。", hint=hint, id=f"portal.{code}") for off, code, said, hint in missing if off]


@checks.register(checks.Tags.security, deploy=True)
def encrypted(**_asked: Any) -> list[checks.CheckMessage]:
    """Warn of connections that leave this machine and can be read, or led to somebody else, on their way."""
    ways = [*_databases(), _mail(), _bucket()]
    return [
        checks.Warning(f"{name} 到“{host}”的连接没有加密，或者不核对对方的证书。", hint=hint, id="portal.W009")
        for name, host, safe, hint in ways
        if host and not safe and not _is_here(host)
    ]


Way = tuple[str, str, bool, str]
"""A connection: its setting, the host it leads to, whether it is encrypted and the host is known, and the way out."""


def _databases() -> list[Way]:
    names = {"default": "DATABASE_URL", "replica": "REPLICA_URL"}
    hint = "在地址后面加 ?sslmode=verify-full&sslrootcert=机构证书的文件，并在数据库服务器上开启 TLS。"
    return [
        (names[alias], str(one.get("HOST", "")), one.get("OPTIONS", {}).get("sslmode") in KNOWING, hint)
        for alias, one in settings.DATABASES.items()
        if alias in names
    ]


def _mail() -> Way:
    safe = settings.EMAIL_USE_SSL or settings.EMAIL_USE_TLS
    return "EMAIL_URL", settings.EMAIL_HOST, safe, "改用 smtp+ssl:// 或 smtp+tls://。"


def _bucket() -> Way:
    address = urlsplit(settings.STORAGES["default"].get("OPTIONS", {}).get("endpoint_url", ""))
    return "OBJECT_STORAGE", address.hostname or "", address.scheme == "https", "改用 s3://（https）。"


def _is_here(host: str) -> bool:
    """Tell whether a host is this machine: a socket in its file system, or an address that loops back."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.startswith("/") or host == "localhost"


@checks.register
def known_roles(**_asked: Any) -> list[checks.CheckMessage]:
    """Complain of a role in ``MFA_ROLES`` that does not exist: nobody would be asked for a second factor."""
    known = {"all", "none", *Role.values}
    return [
        checks.Error(
            f"MFA_ROLES 中的“{unknown}”不是岗位。", hint=f"可用的有：{'、'.join(sorted(known))}。", id="portal.E002"
        )
        for unknown in sorted(set(settings.MFA_ROLES) - known)
    ]


@checks.register
def storage_libraries(**_asked: Any) -> list[checks.CheckMessage]:
    """Complain where files should lie in a bucket and nothing is installed that could ask for them."""
    if settings.STORAGES["default"]["BACKEND"] == FOLDER["BACKEND"] or not (missing := missing_libraries()):
        return []
    said = f"设置了 OBJECT_STORAGE，但没有安装 {'、'.join(missing)}，存取不了文件。"
    hint = "安装：.venv/bin/pip install --require-hashes -r requirements-objects.txt；或者删除 OBJECT_STORAGE。"
    return [checks.Error(said, hint=hint, id="portal.E003")]


def expect_libraries() -> None:
    """Start no web process that could not store a file."""
    for found in storage_libraries():
        raise ImproperlyConfigured(f"{found.msg}{found.hint}")


def _is_local(host: str) -> bool:
    """Tell whether only this machine, or its own network, knows a host by that name."""
    try:
        at = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".local"))
    return at.is_loopback or at.is_unspecified
