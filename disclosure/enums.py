"""The closed vocabularies of publication."""

from django.db.models import TextChoices


class Status(TextChoices):
    """Where a disclosure stands on its way to the public."""

    DRAFTING = "drafting", "填报中"
    DEPARTMENT_REVIEW = "department_review", "部门审核"
    SECRECY_REVIEW = "secrecy_review", "保密审查"
    SIGNING = "signing", "负责人审签"
    BUREAU_REVIEW = "bureau_review", "财政审核"
    READY = "ready", "待公开"
    PUBLISHED = "published", "已公开"


class Roster(TextChoices):
    """Whether a department or unit must publish by itself."""

    TO_PUBLISH = "to_publish", "应公开"
    MERGED = "merged", "并入本级"
    EXEMPT = "exempt", "依法不予公开"


class NarrativeState(TextChoices):
    """Whether somebody has looked at a text this year."""

    CARRIED_OVER = "carried_over", "未复核"
    EDITED = "edited", "已修改"
    CONFIRMED = "confirmed", "已确认"


class EditionKind(TextChoices):
    """Why an edition exists."""

    FIRST = "first", "首次公开"
    CORRECTION = "correction", "更正"


class FileFormat(TextChoices):
    """The forms in which an edition is kept; the value is the file's extension."""

    HTML = "html", "网页"
    PDF = "pdf", "PDF"
    JSON = "json", "JSON"
