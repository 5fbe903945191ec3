"""The closed vocabularies of performance goals."""

from django.db.models import TextChoices


class Operator(TextChoices):
    """How a target value is compared (指标值的比较符号)."""

    AT_LEAST = "≥", "≥"
    MORE = "＞", "＞"
    EQUAL = "＝", "＝"
    LESS = "＜", "＜"
    AT_MOST = "≤", "≤"
    QUALITATIVE = "定性", "定性"
