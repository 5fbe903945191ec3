"""Search: what is said where nothing is found, and that whatever is asked is answered with bounded work."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from disclosure import searching
from disclosure.models import SearchEntry, SearchLeaf

pytestmark = pytest.mark.django_db


def page(client, **asked) -> str:
    return client.get("/search/", asked).content.decode()


@pytest.mark.parametrize(
    ("words", "name"),
    [("老年大学堂经费", "老年大学"), ("车辆保养保险费", "车辆保险费"), ("山海关组织部", "山海关区组织部门")],
)
@pytest.mark.usefixtures("edition")
def test_names_that_are_like_it_are_suggested(client, words, name):
    found = page(client, q=words)

    assert f"没有找到“{words}”" in found
    similar = found.split("相近的名称：")[1].split("</li>")[0]
    assert name in similar


@pytest.mark.usefixtures("edition")
def test_each_of_several_words_is_offered_alone(client):
    found = page(client, q="接待费 航天飞机")

    assert "少写一个词：" in found
    assert ">接待费</a>、" in found


@pytest.mark.usefixtures("edition")
def test_nothing_is_suggested_where_nothing_is_like_it(client):
    found = page(client, q="航天飞机")

    assert "相近的名称" not in found
    assert "换短一些的词，或者换一种说法" in found


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("预" * 10_000, 400),
        ("费 " * 5_000, 400),
        ("%" * 60, 400),
        ("\x00" * 60, 200),
        ("\ud800费", 200),
        ("费\u0300", 200),
        ("👨‍👩‍👧‍👦费", 200),
        (" ".join("%_费经水电" * 5), 200),
        ("㍿㎡ﬁ½①" * 12, 200),
        ("𠮷" * 60, 200),
        ("公务接待费" * 12, 200),
    ],
)
@pytest.mark.usefixtures("edition")
def test_whatever_is_asked_is_answered_in_a_few_statements(client, words, status):
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/search/", {"q": words.encode("utf-8", "surrogatepass")})

    assert response.status_code == status
    assert len(queries) < 12


@pytest.mark.usefixtures("edition")
def test_a_page_far_behind_costs_no_more_statements(client):
    with CaptureQueriesContext(connection) as queries:
        client.get("/search/", {"q": "费", "page": "9999"})

    assert len(queries) < 6


def test_an_index_that_is_not_complete_says_so(client, edition):
    searching.remove(edition)

    found = page(client, q="组织部")

    assert "搜索正在补齐，还有1份公开文件暂时搜不到" in found


def test_migrating_fills_the_index(client, edition):
    searching.remove(edition)

    call_command("migrate", verbosity=0)

    assert "搜索正在补齐" not in page(client, q="组织部")
    assert SearchEntry.objects.filter(edition=edition).exists()
    assert SearchLeaf.objects.filter(edition=edition).exists()
