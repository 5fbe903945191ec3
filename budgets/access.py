"""Who may see and change what: one table of roles, and one path from every model to its publisher.

Every list, form, picker, history, import and export asks :func:`allowed`; nothing else decides.
"""

from collections.abc import Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet

from budgets.enums import Role

if TYPE_CHECKING:
    from budgets.models import Membership

Rows = TypeVar("Rows", bound=QuerySet)


class Area(Enum):
    """What a row belongs to, as far as rights go."""

    FACTS = auto()
    CONTROL = auto()
    DISCLOSURES = auto()
    REGISTER = auto()
    CODES = auto()
    EDITIONS = auto()
    ROSTER = auto()
    ACCOUNTS = auto()
    ROLES = auto()
    TRAIL = auto()


class Access(NamedTuple):
    """A model's area, and the lookups that lead to its government, department and unit.

    No government: the rows belong to no publisher. No unit: the rows are department-wide, and a unit's people
    reach them only where they are ``shared``, and then only to look.
    """

    area: Area
    government: str = ""
    department: str = ""
    unit: str = ""
    shared: bool = False


VIEW = frozenset({"view"})
EDIT = frozenset({"view", "add", "change", "delete"})
LOOK_AT_ALL = dict.fromkeys((Area.FACTS, Area.CONTROL, Area.DISCLOSURES), VIEW)
LOOK_UP = dict.fromkeys((Area.REGISTER, Area.CODES, Area.EDITIONS, Area.ROSTER), VIEW)

MATRIX: dict[str, dict[Area, frozenset[str]]] = {
    Role.CLERK: {**LOOK_UP, Area.CONTROL: VIEW, Area.FACTS: EDIT, Area.DISCLOSURES: EDIT},
    Role.DEPARTMENT_REVIEWER: {**LOOK_UP, **LOOK_AT_ALL},
    Role.SECRECY_REVIEWER: {**LOOK_UP, **LOOK_AT_ALL},
    Role.SIGNING_HEAD: {**LOOK_UP, **LOOK_AT_ALL},
    Role.BUREAU_REVIEWER: {**LOOK_UP, **LOOK_AT_ALL, Area.CONTROL: EDIT, Area.CODES: EDIT, Area.ROSTER: EDIT},
    Role.PUBLISHER: {**LOOK_UP, **LOOK_AT_ALL},
    Role.EMERGENCY_PUBLISHER: {**LOOK_UP, **LOOK_AT_ALL},
    Role.AUDITOR: {**LOOK_UP, **LOOK_AT_ALL, Area.ACCOUNTS: VIEW, Area.ROLES: VIEW, Area.TRAIL: VIEW},
    Role.SYSTEM_ADMINISTRATOR: {Area.REGISTER: EDIT, Area.CODES: EDIT, Area.EDITIONS: VIEW, Area.ACCOUNTS: EDIT},
    Role.SECURITY_ADMINISTRATOR: {Area.REGISTER: VIEW, Area.ACCOUNTS: VIEW, Area.ROLES: EDIT},
    Role.AUDIT_ADMINISTRATOR: {Area.REGISTER: VIEW, Area.ACCOUNTS: VIEW, Area.TRAIL: VIEW},
}
"""What each role may do in each area; whatever is not here, it may not. Administrators see no unpublished figures."""

OF_LIBRARIES = {"auth.User": Access(Area.ACCOUNTS)}


def access_of(model: type[Model]) -> Access:
    """Return how rights lead to the rows of ``model``; raise AttributeError where nobody has said so."""
    return OF_LIBRARIES.get(model._meta.label) or model.access  # type: ignore[attr-defined]


def posts_of(user: Any) -> list["Membership"]:
    """Return a user's posts, read once per user object; somebody inactive or anonymous has none."""
    if not user.is_active:
        return []
    if not hasattr(user, "_posts"):
        user._posts = list(user.memberships.filter(closed_on=None))
    return user._posts


def may(user: Any, model: type[Model], action: str) -> bool:
    """Tell whether any of the user's posts allows ``action`` on some rows of ``model``."""
    return any(_grants(post, access_of(model).area, action) for post in posts_of(user))


def allowed(user: Any, rows: Rows, action: str = "view") -> Rows:
    """Keep the rows on which ``user`` may take ``action`` (view, add, change, delete)."""
    access = access_of(rows.model)
    posts = [post for post in posts_of(user) if _grants(post, access.area, action)]
    if posts and not access.government:
        return rows
    reach = Q(pk__in=())
    for path, owner in _ends(access, posts, action):
        reach |= Q(**{path: owner})
    return rows.filter(reach)


def reaches(user: Any, row: Model, action: str) -> bool:
    """Tell whether ``user`` may take ``action`` on ``row`` as it is now, saved or not."""
    access = access_of(type(row))
    posts = [post for post in posts_of(user) if _grants(post, access.area, action)]
    if posts and not access.government:
        return True
    return any(_follow(row, path) == owner for path, owner in _ends(access, posts, action))


def _grants(post: "Membership", area: Area, action: str) -> bool:
    return action in MATRIX[post.role].get(area, ())


def _ends(access: Access, posts: list["Membership"], action: str) -> Iterator[tuple[str, int]]:
    """Say where each post leads: a lookup and the primary key it must end in."""
    for post in posts:
        looking = access.shared and action == "view"
        if post.unit_id and access.unit:
            yield access.unit, post.unit_id
        elif post.unit_id and not looking:
            continue
        elif post.department_id and access.department:
            yield access.department, post.department_id
        elif post.department_id is None or looking:
            yield access.government, post.government_id


def _follow(row: Any, path: str) -> int | None:
    for name in path.split("__"):
        row = getattr(row, name, None) if row is not None else None
    return row.pk if isinstance(row, Model) else row
