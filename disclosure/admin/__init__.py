"""The pages of disclosures, their words and their records."""

from disclosure.admin import disclosure, records, words

__all__ = ["disclosure", "records", "words"]
