"""``datapackage.json``: the files column by column (Data Package 1, with the fields of Fiscal Data Package)."""

from typing import Any, NamedTuple

from disclosure.opendata.fields import Field
from disclosure.opendata.resources import Resource

LICENCE = {"name": "notspecified", "title": "依《政府信息公开条例》公开的政府信息，使用时请注明来源和版次"}
CURRENCY = "CNY"
DESCRIPTION = "部门预算公开的数据，金额都以元计。部门口径包含所属单位，两种口径不能相加；不同阶段的数不能相加。"


class Stored(NamedTuple):
    """A file of a bundle: its name, its size in bytes, and its SHA-256."""

    path: str
    size: int
    sha256: str


class About(NamedTuple):
    """What a bundle is of: whose, its first and last year, when it last changed, where it is, how it is cited."""

    name: str
    title: str
    publisher: str
    years: tuple[int, int]
    changed: str
    homepage: str
    citation: str


def descriptor(about: About, stored: list[tuple[Resource, Stored]]) -> dict[str, Any]:
    """Return the description of a bundle."""
    first, last = about.years
    return {
        "profile": "tabular-data-package",
        "name": about.name,
        "title": about.title,
        "description": DESCRIPTION,
        "homepage": about.homepage,
        "created": about.changed,
        "citation": about.citation,
        "licenses": [LICENCE],
        "contributors": [{"title": about.publisher, "role": "publisher"}],
        "countryCode": "CN",
        "granularity": "aggregated",
        "fiscalPeriod": {"start": f"{first}-01-01", "end": f"{last}-12-31"},
        "resources": [_resource(resource, file) for resource, file in stored],
    }


def _resource(resource: Resource, file: Stored) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": resource.name,
        "title": resource.title,
        "description": resource.note,
        "path": file.path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8-sig",
        "bytes": file.size,
        "hash": f"sha256:{file.sha256}",
        "schema": {"fields": [_field(field) for field in resource.fields], "missingValues": [""]},
    }


def _field(field: Field) -> dict[str, Any]:
    said = {"name": field.name, "title": field.title, "type": field.type, "description": field.note}
    fiscal = {"columnType": field.column_type} if field.column_type else {}
    if field.column_type == "value":
        fiscal["currency"] = CURRENCY
    return {key: value for key, value in said.items() if value} | fiscal
