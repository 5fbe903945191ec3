"""The pages of a disclosure are put together from mixins; none may take another's method by its name."""

from collections import Counter

from budgets.admin.base import ScopedAdmin
from disclosure.admin.disclosure import DisclosureAdmin

SHARED = {"get_urls", "changeform_view", "change_view", "render_change_form"}
"""What mixins extend by calling the next one."""


def test_no_two_mixins_share_the_name_of_a_method():
    mixins = [one for one in DisclosureAdmin.__mro__ if one not in ScopedAdmin.__mro__]
    names = Counter(
        name for one in mixins for name, value in vars(one).items() if callable(value) and not name.startswith("__")
    )

    assert {name for name, count in names.items() if count > 1} <= SHARED
