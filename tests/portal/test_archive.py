"""Old disclosures as the public has them: listed, byte for byte, gone with a reason, never damaged."""

import re

import pytest
from archived import an_archived, particulars, somebody
from django.db import connection
from django.test.utils import CaptureQueriesContext

from budgets.enums import Role
from budgets.models import Department
from disclosure.archiving import publish_archived, withdraw_archived
from disclosure.enums import FileFormat


@pytest.fixture
def department(db):
    return Department.objects.get(code="203")


@pytest.fixture
def publisher(department):
    return somebody(Role.PUBLISHER, department, whole=True)


@pytest.fixture
def archived(department, publisher):
    return an_archived(department, publisher)


def address(archived, end: str = "") -> str:
    return f"/130303/{archived.year}/203/archive/{archived.pk}/{end}"


def test_the_page_states_what_is_known_and_names_format_and_size(client, archived):
    text = client.get(address(archived)).content.decode()

    assert re.search(r"下载Word文件 · \d+\.\d\sKB", text)
    assert "2019年3月1日" in text
    assert archived.sha256 in text
    assert f'href="{address(archived, "file.docx")}"' in text
    assert "演示数据，非官方公开" in text


def test_a_word_file_is_saved_byte_for_byte(client, archived):
    response = client.get(address(archived, "file.docx"))

    assert response.content == archived.read()
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"].startswith("attachment; filename*=utf-8''203-2019%E5%B9%B4")
    assert (response["X-Content-Type-Options"], response["ETag"]) == ("nosniff", f'"{archived.sha256}"')


def test_a_pdf_is_read_in_the_browser(client, edition, department, publisher):
    data = edition.files.get(format=FileFormat.PDF).read()
    row = publish_archived(particulars(department), by=publisher, name="旧.pdf", data=data)

    response = client.get(address(row, "file.pdf"))

    assert (row.privacy, response.content == data, response["Content-Type"]) == ("", True, "application/pdf")
    assert response["Content-Disposition"].startswith("inline; filename*=utf-8''")


def test_the_page_reads_the_same_after_the_department_was_renamed(client, archived, department):
    before = client.get(address(archived)).content
    Department.objects.filter(pk=department.pk).update(name="新名", full_name="新全名")

    assert client.get(address(archived)).content == before


@pytest.mark.parametrize("end", ["file.pdf", "file.exe", "file.docx/", "x"])
def test_what_is_not_there_is_not_found(client, archived, end):
    assert client.get(address(archived, end)).status_code == 404


@pytest.mark.parametrize("place", ["130304/2019/203", "130303/2018/203", "130303/2019/204"])
def test_a_file_answers_only_at_its_own_address(client, archived, place):
    assert client.get(f"/{place}/archive/{archived.pk}/").status_code == 404
    assert client.get(f"/{place}/archive/{archived.pk}/file.docx").status_code == 404


def test_a_year_without_editions_lists_its_files_and_the_government_lists_the_year(client, edition, archived):
    year, government = (client.get(place) for place in ("/130303/2019/", "/130303/"))

    assert year.status_code == 200
    assert f'href="{address(archived)}"' in year.content.decode()
    assert 'href="/130303/2019/"' in government.content.decode()
    assert "1个部门的历史文件1份" in government.content.decode()
    assert client.get("/130303/2018/").status_code == 404


def test_a_year_with_editions_lists_its_old_files_too(client, edition, department, publisher):
    row = an_archived(department, publisher, year=2022, phase="final", title="2022年部门决算")

    year, government = (client.get(place).content.decode() for place in ("/130303/2022/", "/130303/"))

    assert f'href="{address(row)}"' in year
    assert "历史文件1份" not in government


def test_a_withdrawn_file_is_gone_with_its_reason(client, archived, publisher):
    withdraw_archived(archived, by=publisher, reason="误公开")

    for end in ("", "file.docx"):
        response = client.get(address(archived, end))

        assert response.status_code == 410
        assert "撤下理由：误公开" in response.content.decode()
    assert client.get("/130303/2019/").status_code == 404
    assert "历史文件" not in client.get("/130303/").content.decode()


def test_a_damaged_file_is_never_served(client, archived, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    missing = client.get(address(archived, "file.docx"))
    (tmp_path / archived.storage_name).parent.mkdir(parents=True)
    (tmp_path / archived.storage_name).write_bytes(b"other")

    altered = client.get(address(archived, "file.docx"))

    for response in (missing, altered):
        assert (response.status_code, "已停止提供" in response.content.decode()) == (503, True)


@pytest.mark.parametrize(
    ("place", "queries"), [("/130303/2019/", 4), ("/130303/2022/", 9), ("/130303/", 8)], ids=["old", "open", "years"]
)
@pytest.mark.usefixtures("edition")
def test_lists_take_the_same_queries_for_one_and_three_files(client, department, publisher, place, queries):
    for year in (2019, 2022):
        an_archived(department, publisher, "一", year=year, phase="final")
    with CaptureQueriesContext(connection) as one:
        client.get(place)
    for text in ("二", "三"):
        for year in (2019, 2022):
            an_archived(department, publisher, text, year=year, phase="final")

    with CaptureQueriesContext(connection) as three:
        client.get(place)

    assert len(one) == len(three) == queries


def test_pages_read_published_tables_only(client, archived):
    with CaptureQueriesContext(connection) as queries:
        for place in (address(archived), address(archived, "file.docx"), "/130303/2019/"):
            client.get(place)

    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []
    assert [query["sql"] for query in queries if "budgets_unit" in query["sql"] or "auth_" in query["sql"]] == []
