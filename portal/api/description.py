"""``openapi.json`` (OpenAPI 3.1), made of the same declarations that read the parameters and fill the answers."""

from typing import Any, NamedTuple

from disclosure.opendata import RESOURCES
from disclosure.opendata.fields import Field
from disclosure.opendata.registry import EDITIONS
from disclosure.opendata.resources import CELLS
from portal.api.asked import AFTER_CELL, AFTER_EDITION, COUNTED, EDITION, FIGURE, PAGING, ROSTER, STATUS, Parameter
from portal.api.frame import JSON, PROBLEM, TITLES

TYPES: dict[str, dict[str, Any]] = {
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "number": {"type": ["string", "null"], "pattern": r"^-?[0-9]+\.[0-9]{2}$"},
}
TEXT = {"type": "string"}
AMOUNT = {"$ref": "#/components/schemas/amount"}
LINK = {"type": ["string", "null"]}
OFTEN = 429
"""What anybody may meet who asks too often (portal.limiting)."""
Described = dict[str, Any]


def described(server: str) -> Described:
    """Return the description of the API as it is offered at the address ``server``."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "部门预算公开数据接口",
            "version": "1",
            "description": "只读，不需要密钥。金额是以元计、两位小数的文字，null是没有数据。同一地址的含义不会改变。",
        },
        "servers": [{"url": server}],
        "paths": _paths(),
        "components": {"schemas": _schemas()},
    }


class Address(NamedTuple):
    """A path that can be read: its name, what it gives, of which form, what may be asked, and how it may refuse."""

    name: str
    summary: str
    answer: Described
    parameters: tuple[Parameter, ...] = ()
    places: tuple[Described, ...] = ()
    refusals: tuple[int, ...] = ()

    def described(self) -> Described:
        """Return the path's item."""
        problem = {"content": {PROBLEM: {"schema": _ref("problem")}}}
        said = {"200": {"description": self.summary, "content": {JSON: {"schema": self.answer}}}}
        said |= {str(status): {"description": TITLES[status], **problem} for status in (400, *self.refusals, OFTEN)}
        said[str(OFTEN)]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "多少秒以后再试"}}
        known = [*self.places, *(_query(one) for one in self.parameters)]
        return {
            "get": {"operationId": self.name, "summary": self.summary, "parameters": known, "responses": said},
        }


def _paths() -> Described:
    """Describe every address by its path."""
    key = _place("key", {"type": "string", "pattern": "^[0-9a-z-]{1,60}$"}, "版次的名称，如130303-2022-initial-203-1")
    table = _place("table", {"type": "string", "pattern": "^[A-Za-z0-9_-]{1,60}$"}, "表的名称，如spending")
    part = _place("part", {"enum": ["content", *RESOURCES]}, "content是全部内容，其他是开放数据的一个表")
    anything, gone = {"type": "object"}, (404, 410)
    found = {
        "/": Address("index", "各个地址", {"type": "object", "additionalProperties": TEXT}),
        "/openapi.json": Address("openapi", "本说明", anything),
        "/governments": Address("governments", "政府和年度", _list("government")),
        "/roster": Address("roster", "一个年度的各部门，包括尚未公开的", _list("department"), ROSTER, (), (404,)),
        "/editions": Address("editions", "版次", _page("edition"), (*EDITION, STATUS, *PAGING, AFTER_EDITION)),
        "/figures": Address("figures", "现行版次的每个金额", _page("cell"), (*EDITION, *FIGURE, *PAGING, AFTER_CELL)),
        "/editions/{key}": Address("edition", "一个版次", _ref("edition_with_parts"), (), (key,), (404,)),
        "/editions/{key}/{part}": Address("part", "版次的内容", anything, (), (key, part), gone),
        "/editions/{key}/tables/{table}": Address("table", "版次的一张法定表", anything, (), (key, table), gone),
    }
    return {path: one.described() for path, one in found.items()}


def _query(one: Parameter) -> Described:
    schema = {"type": "string", "pattern": f"^(?:{one.pattern})$"}
    return {"name": one.name, "in": "query", "required": one.required, "description": one.rule, "schema": schema}


def _place(name: str, schema: Described, rule: str) -> Described:
    return {"name": name, "in": "path", "required": True, "description": rule, "schema": schema}


def _schemas() -> Described:
    figures = dict.fromkeys(("total", "basic", "project", "three_public", "change"), AMOUNT)
    statuses = ["published", "withdrawn", "unpublished", "merged", "exempt"]
    department = {"code": TEXT, "name": TEXT, "status": {"enum": statuses}, "published_at": LINK, **figures}
    years = {"type": "array", "items": {"type": "integer"}}
    edition = _rows(EDITIONS.fields)
    parts = {"parts": {"type": "object", "additionalProperties": TEXT}}
    return {
        "amount": TYPES["number"],
        "problem": _object({"type": TEXT, "title": TEXT, "status": {"type": "integer"}, "detail": TEXT}),
        "government": _object({"code": TEXT, "name": TEXT, "full_name": TEXT, "years": years}),
        "department": _object(department),
        "edition": _object(edition),
        "edition_with_parts": _object(edition | parts),
        "cell": _object(_rows(CELLS.fields)),
    }


def _rows(fields: tuple[Field, ...]) -> Described:
    return {
        one.name: {**TYPES.get(one.type, TEXT), "description": "：".join(filter(None, (one.title, one.note)))}
        for one in fields
    }


def _object(properties: Described) -> Described:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _ref(name: str) -> Described:
    return {"$ref": f"#/components/schemas/{name}"}


def _list(name: str) -> Described:
    return _object({"results": {"type": "array", "items": _ref(name)}})


def _page(name: str) -> Described:
    unknown = f"超过{COUNTED}条时不数，为null：请沿next一页一页读到null"
    told = {"count": unknown, "pages": unknown, "page": "写了after时为null"}
    counts = {one: {"type": ["integer", "null"], "description": why} for one, why in told.items()}
    return _object({**counts, "next": LINK, "previous": LINK, "results": {"type": "array", "items": _ref(name)}})
