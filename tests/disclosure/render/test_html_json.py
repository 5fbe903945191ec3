"""The page's article and the JSON: escaped, labelled, and saying exactly what was hashed."""

import hashlib
import json
import re

import msgspec

from disclosure.charts import CHARTS
from disclosure.document import Context, Document
from disclosure.enums import FileFormat
from disclosure.render import html
from disclosure.render import json as json_form


def article(document) -> str:
    return html.render(document).decode()


def test_every_table_has_a_caption_and_scoped_headers(document):
    text = article(document)
    tables = re.findall(r"<table.*?</table>", text, re.DOTALL)

    assert len(tables) == len(document.content.tables) + len(CHARTS) == 31 + 4
    for table in tables:
        assert re.search(r"<caption[^>]*>\S", table)
        assert re.findall(r"<th(?![^>]*scope=)", table.replace("<thead", "")) == []


def test_every_contents_link_leads_somewhere(document):
    text = article(document)
    targets = set(re.findall(r'href="#([^"]+)"', text))

    assert targets
    assert targets <= set(re.findall(r'id="([^"]+)"', text))


def test_an_empty_table_says_why(document):
    assert "无此项公开内容，空表列示。2022年未安排政府性基金预算拨款支出。" in article(document)


def test_what_people_wrote_is_never_markup(document):
    hostile = "<script>alert(1)</script>\"'&"
    content = msgspec.structs.replace(document.content, preamble=hostile, title=hostile, notice=hostile)

    text = article(Document(content, Context()))

    assert "<script>" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#x27;&amp;" in text


def test_the_stored_article_is_what_the_document_renders(edition, document):
    assert edition.files.get(format=FileFormat.HTML).read().decode() == article(document)


def test_the_hash_in_the_json_is_that_of_the_exact_content_text(edition):
    data = edition.files.get(format=FileFormat.JSON).read().decode()
    content = re.fullmatch(r'\{"content":(\{.*\}),"edition":\{.*\}\}', data)[1]
    said = json.loads(data)["edition"]

    assert hashlib.sha256(content.encode()).hexdigest() == said["content_sha256"] == edition.content_sha256
    assert (said["number"], said["kind"], said["supersedes"], said["reason"]) == (1, "first", None, "")
    assert said["index_number"] == "130303203/2022-00001"


def test_the_json_of_an_edition_is_rendered_alike_again(edition, document):
    assert edition.files.get(format=FileFormat.JSON).read() == json_form.render(document)
