"""The index by which the public finds things in Chinese, built of what editions say by characters and pairs of them."""

from disclosure.searching.index import add, outdated, remove

__all__ = ["add", "outdated", "remove"]
