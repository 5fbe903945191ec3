"""The addresses of 决算 and 预算调整 answer before anything is there."""

import pytest
from published import text_of
from sidebyside import beside

PAGE = "/130303/2022/203/"


@pytest.mark.parametrize(("phase", "said"), [("final", "决算"), ("adjusted", "预算调整")])
def test_a_phase_that_is_not_public_says_so(client, edition, phase, said):
    response = client.get(f"{PAGE}{phase}/")

    assert response.status_code == 404
    assert f"2022年部门{said}尚未在本平台公开。" in text_of(response)
    assert f'href="{PAGE}"' in response.content.decode()


def test_a_unit_has_the_address_too(client, edition):
    assert "2022年单位决算尚未在本平台公开。" in text_of(client.get(f"{PAGE}units/203001/final/"))


@pytest.mark.parametrize("address", ["203/draft/", "299/final/", "203/units/203999/final/"])
def test_what_is_not_on_the_register_is_not_found(client, edition, address):
    response = client.get(f"/130303/2022/{address}")

    assert response.status_code == 404
    assert "尚未在本平台公开" not in text_of(response)


def test_figures_of_another_phase_are_on_no_list(client, edition):
    beside(edition, "204", phase="final")

    pages = [client.get(f"/130303/{one}") for one in ("2022/functions/201/", "three-public/", "compare/?d=203&d=204")]

    assert ["574.64" in text_of(pages[0]), "已公开的1个部门" in text_of(pages[1])] == [True, True]
    assert "决算、调整预算和单位预算阶段、口径不同" in text_of(pages[1])
    assert "决算、调整预算和单位预算阶段、口径不同" in text_of(pages[2])
