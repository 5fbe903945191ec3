"""Where files are kept, read from the environment: a folder, or with OBJECT_STORAGE a bucket that machines share."""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

FOLDER = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
SCHEMES = {"s3": "https", "s3+http": "http"}
STYLES = ("virtual", "path")
KNOWN = {"region", "style"}
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
LIBRARIES = ("storages", "boto3")
EXAMPLE = (
    "示例：s3://访问密钥:密钥@存储服务的主机/桶名?region=区域&style=virtual；没有 https 的写 s3+http://，"
    "密钥中的 / 写作 %2F，+ 写作 %2B，@ 写作 %40。"
)


def storage(url: str) -> dict[str, Any]:
    """Return Django's description of the storage; an error never repeats the address, in which there are keys."""
    if not url:
        return FOLDER
    parts, asked = _read(url)
    bucket, _, prefix = parts.path.strip("/").partition("/")
    style = asked.get("style", STYLES[0])
    if not BUCKET.fullmatch(bucket):
        raise _refused("主机后面没有桶名，或者桶名不合规则")
    if style not in STYLES:
        raise _refused("style 只能是 virtual 或 path")
    return {
        "BACKEND": "budgets.objects.ObjectStorage",
        "OPTIONS": {
            "style": style,
            "access_key": unquote(parts.username or ""),
            "secret_key": unquote(parts.password or ""),
            "endpoint_url": f"{SCHEMES[parts.scheme]}://{parts.netloc.rpartition('@')[2]}",
            "bucket_name": bucket,
            "location": prefix,
            "region_name": asked.get("region", "us-east-1"),
        },
    }


def missing_libraries() -> list[str]:
    """Name the libraries without which no bucket can be asked."""
    return [name for name in LIBRARIES if find_spec(name) is None]


def _read(url: str) -> tuple[SplitResult, dict[str, str]]:
    """Take the address apart; refuse what is none."""
    try:
        parts = urlsplit(url)
        port_is_none_or_number = parts.port is None or parts.port > 0
    except ValueError:
        raise _refused("不是完整的地址") from None
    if parts.scheme not in SCHEMES or not (parts.hostname and port_is_none_or_number):
        raise _refused("应以 s3:// 或 s3+http:// 开头，后面是主机")
    if not (parts.username and parts.password):
        raise _refused("没有访问密钥和密钥")
    asked = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
    if set(asked) - KNOWN:
        raise _refused("问号后面只能有 region 和 style")
    return parts, asked


def _refused(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"环境变量OBJECT_STORAGE无效：{why}。{EXAMPLE}")
