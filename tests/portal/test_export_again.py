"""A further export asks the portal for nothing that cannot have changed, and trusts no file that is not as it was."""

import json
from contextlib import contextmanager

import pytest
from django.core.signals import request_started
from published import an_edition, withdraw

from disclosure.content import parse
from portal.exporting import Export
from portal.exporting.lasting import edition_of
from portal.exporting.manifest import NAME

OWN = "/130303/2022/203/"
TABLE = "130303/2022/203/editions/1/tables/totals.csv"


@contextmanager
def asked():
    """Collect the addresses that are asked of the portal."""
    found = []

    def note(environ, **_said):
        found.append(environ["PATH_INFO"])

    request_started.connect(note)
    yield found
    request_started.disconnect(note)


def is_file_of_an_edition(address) -> bool:
    return "/tables/" in address or ("/charts/" in address and address.startswith(OWN))


def test_tables_and_charts_of_an_edition_are_not_asked_for_again(site):
    before = json.loads((site / NAME).read_text())

    with asked() as found:
        report = Export(site).run()

    assert (report.written, report.removed) == ([], [])
    assert [address for address in found if is_file_of_an_edition(address)] == []
    assert json.loads((site / NAME).read_text()) == before


def test_a_correction_is_drawn_and_what_it_corrects_is_not(site, edition):
    an_edition(edition.disclosure, parse(edition.content.text), edition.published_by, edition)

    with asked() as found:
        Export(site).run()

    drawn = [address for address in found if is_file_of_an_edition(address)]
    assert drawn
    assert not [address for address in drawn if "/editions/1/" in address]
    assert (site / OWN.strip("/") / "editions/2/tables/totals.csv").is_file()


def test_a_file_that_was_altered_is_drawn_again(site):
    path = site / TABLE
    data = path.read_bytes()
    path.write_bytes(data.replace(b"1", b"2"))

    report = Export(site).run()

    assert report.written == [TABLE]
    assert path.read_bytes() == data


def test_another_program_draws_everything_again(site):
    said = json.loads((site / NAME).read_text())
    (site / NAME).write_text(json.dumps(said | {"program": "older"}))

    with asked() as found:
        report = Export(site).run()

    assert report.written == []
    assert len([address for address in found if is_file_of_an_edition(address)]) > 50


def test_under_another_public_address_nothing_is_settled(site, settings):
    settings.PUBLIC_URL = "https://yusuan.example.gov.cn"

    report = Export(site, settled=lambda _address: True).run()

    named = [path for path in site.rglob("*.xml") if b"yusuan.example.gov.cn" in path.read_bytes()]
    assert named
    assert {str(path.relative_to(site)) for path in named} <= set(report.written)


def test_a_withdrawn_editions_tables_go(site, edition):
    withdraw(edition)

    report = Export(site).run()

    assert TABLE in report.removed
    assert not (site / TABLE).exists()


@pytest.mark.parametrize("address", [OWN, f"{OWN}editions/1/", "/130303/2022/", f"{OWN}editions/1/document.json"])
def test_what_may_still_change_lasts_no_longer_than_what_it_says(address):
    assert edition_of(address) == ""


def test_a_table_and_a_chart_last():
    for file in ("tables/totals.csv", "charts/functions.png"):
        assert edition_of(f"{OWN}units/203001/editions/12/{file}") == f"{OWN}units/203001/editions/12/"
