"""The code on the cover: no two contents share one, people may write it as they like."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from disclosure.verifying import ALPHABET, address_of, beginning_of, code_of

HASHES = st.binary(min_size=32, max_size=32).map(bytes.hex)


@given(HASHES)
def test_a_code_leads_back_to_the_hash(sha256):
    assert sha256.startswith(beginning_of(code_of(sha256)))


@given(HASHES, st.sampled_from(["{}", " {} ", "{}\n"]), st.booleans(), st.booleans())
def test_case_spaces_and_hyphens_do_not_matter(sha256, frame, lower, together):
    code = code_of(sha256)

    written = code.replace("-", "") if together else code
    written = frame.format(written.lower() if lower else written)

    assert beginning_of(written) == beginning_of(code)


def test_misread_letters_are_understood():
    assert beginning_of("OIL0-OIL0-OIL0-OIL0") == beginning_of("0110-0110-0110-0110")


@pytest.mark.parametrize(
    "code", ["", "8K2M", "8K2M-7Q0T-C3ZD-W9X", "8K2M-7Q0T-C3ZD-W9XAA", "UUUU-UUUU-UUUU-UUUU", "验" * 16]
)
def test_what_is_no_code_is_none(code):
    assert beginning_of(code) is None


def test_a_code_has_no_letter_that_looks_like_a_digit():
    assert not set("OILU") & set(ALPHABET)
    assert len(ALPHABET) == 32


def test_the_address_is_the_public_one(settings):
    settings.PUBLIC_URL = "https://www.example.gov.cn/yusuan/"

    assert address_of("8K2M-7Q0T-C3ZD-W9XA") == "https://www.example.gov.cn/yusuan/verify/8K2M-7Q0T-C3ZD-W9XA"
