"""What a page says of itself to search engines and catalogues, in the words of schema.org, from frozen content only."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localtime

from budgets.models import Government
from disclosure.content import Content
from disclosure.models import Edition, EditionFile
from disclosure.opendata import address_of
from disclosure.opendata.citing import citation_of
from disclosure.opendata.keys import public
from disclosure.opendata.package import DESCRIPTION, LICENCE
from disclosure.opendata.packing import DESCRIPTOR, PACKAGE
from disclosure.verifying import code_of
from portal.glance import sentence_of
from portal.offers import FORMATS
from portal.templatetags.addresses import address
from portal.views.downloads import CONTENT_TYPES

CATALOGUE = "部门预算公开数据"
TERMS = {"@type": "CreativeWork", "text": LICENCE["title"]}
"""The site states no licence, only how its information is to be used."""
Node = dict[str, Any]


def dataset_of(edition: Edition, content: Content, files: Mapping[str, EditionFile]) -> Node:
    """Describe an edition as a data set: what it is, whose, of which year, and its files with their hashes."""
    published = localtime(edition.published_at).isoformat(timespec="seconds")
    here = address_of(edition)
    said = {
        "@type": "Dataset",
        "@id": here,
        "url": here,
        "name": edition.title,
        "description": f"{edition.publisher}公开的《{edition.title}》，第{edition.number}版。{sentence_of(content)}",
        "creator": organisation_of(edition, content),
        "publisher": {"@id": _home(edition)},
        "dateCreated": edition.composed_on.isoformat() if edition.composed_on else None,
        "datePublished": published,
        "dateModified": published,
        "version": str(edition.number),
        "creditText": citation_of(edition),
        "identifier": list(_identifiers(edition)),
        "temporalCoverage": _year(edition.year),
        "spatialCoverage": _area(content.government.code, content.government.name),
        "includedInDataCatalog": {"@type": "DataCatalog", "name": CATALOGUE, "url": public(reverse("data"))},
        "distribution": [_download(edition, files[form]) for form in FORMATS if form in files],
        **_open(),
    }
    return {name: value for name, value in said.items() if value is not None}


def organisation_of(edition: Edition, content: Content) -> Node:
    """Describe whoever published an edition, as it was called then."""
    kind, code = ("单位编码", edition.unit_code) if edition.unit_code else ("部门编码", edition.department_code)
    return {
        "@type": "GovernmentOrganization",
        "@id": _home(edition),
        "url": public(address("disclosure", edition)),
        "name": edition.publisher,
        "alternateName": edition.unit_name or edition.department_name,
        "identifier": _property(kind, code),
        "areaServed": _area(content.government.code, content.government.name),
    }


def catalogue_of(offered: Iterable[tuple[Government, list[int]]]) -> Node:
    """Describe the page of open data: a data set for each year of each government."""
    here = public(reverse("data"))
    return {
        "@type": "DataCatalog",
        "@id": here,
        "url": here,
        "name": CATALOGUE,
        "description": DESCRIPTION,
        "dataset": [_bundle(government, year) for government, years in offered for year in years],
        **_open(),
    }


def _bundle(government: Government, year: int) -> Node:
    files = {PACKAGE: "application/zip", DESCRIPTOR: "application/json"}
    return {
        "@type": "Dataset",
        "name": f"{government.full_name}{year}年{CATALOGUE}",
        "description": DESCRIPTION,
        "url": public(reverse("year", args=[government.code, year])),
        "creator": {"@type": "GovernmentOrganization", "name": government.full_name},
        "temporalCoverage": _year(year),
        "spatialCoverage": _area(government.code, government.full_name),
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": public(reverse("bundle", args=[government.code, year, name])),
                "encodingFormat": kind,
            }
            for name, kind in files.items()
        ],
        **_open(),
    }


def _download(edition: Edition, file: EditionFile) -> Node:
    return {
        "@type": "DataDownload",
        "name": file.get_format_display(),
        "contentUrl": public(address("edition_document", edition, edition.number, file.format)),
        "encodingFormat": CONTENT_TYPES[file.format].partition(";")[0],
        "contentSize": f"{file.size} B",
        "sha256": file.sha256,
    }


def _identifiers(edition: Edition) -> Iterable[Node]:
    known = {
        "索引号": edition.index_number,
        "文号": edition.document_number,
        "验证码": code_of(edition.content_sha256),
        "SHA-256": edition.content_sha256,
    }
    return (_property(name, value) for name, value in known.items() if value)


def _property(name: str, value: str) -> Node:
    return {"@type": "PropertyValue", "propertyID": name, "value": value}


def _area(code: str, name: str) -> Node:
    return {"@type": "AdministrativeArea", "name": name, "identifier": _property("区划代码", code)}


def _year(year: int) -> str:
    return f"{year}-01-01/{year}-12-31"


def _home(edition: Edition) -> str:
    return f"{public(address('disclosure', edition))}#publisher"


def _open() -> Node:
    return {"inLanguage": "zh-CN", "isAccessibleForFree": True, "usageInfo": TERMS}
