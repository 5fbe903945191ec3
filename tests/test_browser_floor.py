"""Style sheets, scripts and templates use nothing newer than Chromium 86, or have a fallback for it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_features import FLOOR, OLD_PAGES, OLD_SCRIPTS, OLD_STYLES, PAGES, PROPERTY, SCRIPTS, STYLES, Feature

ON_PAPER = {"print.css"}
"""What only the PDF's own engine reads."""
ROOT = Path(__file__).parent.parent
STRING = re.compile(r"\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`")
PIECE = re.compile(r"([^{};]*)([{};])")
CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
JS_COMMENT = re.compile(r"/\*.*?\*/|(?<![:\\])//[^\n]*", re.DOTALL)
HTML_COMMENT = re.compile(r"<!--.*?-->|\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}", re.DOTALL)


def in_style(text: str) -> list[str]:
    """Return the names of what a style sheet uses without fallback."""
    found = [
        feature.name
        for piece, around, before in pieces(STRING.sub('""', CSS_COMMENT.sub("", text)))
        for feature in STYLES
        if re.search(feature.where, piece) and not falls_back(feature, piece, around, before)
    ]
    return list(dict.fromkeys(found))


def pieces(text: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield each declaration and each prelude (with its ``{``), the preludes around it and declarations before it."""
    around: list[str] = []
    before: list[list[str]] = [[]]
    for said, end in PIECE.findall(text + ";"):
        piece = " ".join(said.split())
        if end == "{":
            nested = bool(around) and not around[-1].startswith("@")
            piece = f"{'&' if nested else ''}{piece} {{"
        if piece:
            yield piece, around, before[-1]
        if end == "{":
            around = [*around, piece]
            before.append([])
        else:
            before[-1].append(piece)
        if end == "}" and around:
            around = around[:-1]
            before.pop()


def falls_back(feature: Feature, piece: str, around: list[str], before: list[str]) -> bool:
    """Tell whether a browser that does not know a feature has something else, or leaves out what needs it."""
    asked = (one for one in around if one.startswith("@supports"))
    if piece.startswith("@supports") or any(re.search(feature.pattern, one) for one in asked):
        return True
    name = piece.partition(":")[0]
    known = (one for one in before if one.partition(":")[0] == name and not re.search(feature.where, one))
    return feature.earlier and any(known)


def in_script(text: str) -> list[str]:
    """Return the names of what a script uses without asking whether it is there."""
    bare = JS_COMMENT.sub("", text)
    plain = STRING.sub('""', bare)
    return [
        feature.name
        for feature in SCRIPTS
        if re.search(feature.pattern, plain, re.MULTILINE)
        and not (feature.asked and re.search(rf"typeof [\w.]*{feature.asked}\b|[\"']{feature.asked}[\"'] in ", bare))
    ]


def in_page(text: str) -> list[str]:
    """Return the names of what a template uses."""
    bare = HTML_COMMENT.sub("", text)
    return [feature.name for feature in PAGES if re.search(feature.pattern, bare)]


def named(features: tuple[Feature, ...]) -> list:
    """Return features as parameters, called by their names."""
    return [pytest.param(one, id=one.name) for one in features]


@pytest.mark.parametrize("feature", named(STYLES))
def test_a_style_that_is_too_new_is_found(feature):
    assert feature.since > FLOOR
    assert feature.name in in_style(feature.example)


@pytest.mark.parametrize("feature", named(SCRIPTS))
def test_a_script_that_is_too_new_is_found(feature):
    assert feature.since > FLOOR
    assert in_script(f"{feature.example}\n") == [feature.name]


@pytest.mark.parametrize("feature", named(PAGES))
def test_a_page_that_is_too_new_is_found(feature):
    assert feature.since > FLOOR
    assert in_page(feature.example) == [feature.name]


@pytest.mark.parametrize("feature", named(tuple(one for one in STYLES if one.earlier)))
def test_an_earlier_declaration_is_a_fallback(feature):
    declaration = feature.example.removeprefix("a {")
    name = declaration.partition(":")[0].strip()

    assert in_style(f"a {{ {name}: initial; {declaration}") == []
    assert in_style(f"a {{ {declaration[:-1]} {name}: initial; }}") == [feature.name]
    assert in_style(f"a {{ {name}: initial; }} b {{ {declaration}") == [feature.name]


@pytest.mark.parametrize("feature", named(tuple(one for one in STYLES if one.frame in {PROPERTY, ":.*{}"})))
def test_a_question_is_a_fallback(feature):
    declaration = feature.example.removeprefix("a {").strip(" ;}")

    assert in_style(f"@supports ({declaration}) {{ {feature.example} }}") == []
    assert in_style(f"@supports (display: grid) {{ {feature.example} }}") == [feature.name]


@pytest.mark.parametrize("selector", ["li:has(a)", ":is(h1, h2)"])
def test_a_question_for_a_selector_is_a_fallback(selector):
    assert in_style(f"@supports selector({selector}) {{ {selector} {{ color: red; }} }}") == []


@pytest.mark.parametrize("feature", named(tuple(one for one in SCRIPTS if one.asked)))
def test_a_script_may_ask_first(feature):
    assert in_script(f'if (typeof {feature.name} === "function") {{ {feature.example} }}') == []
    assert in_script(f'if ("{feature.asked}" in window) {{ {feature.example} }}') == []


@pytest.mark.parametrize("style", OLD_STYLES)
def test_a_style_that_is_old_enough_is_left_alone(style):
    assert in_style(style) == []


@pytest.mark.parametrize("script", OLD_SCRIPTS)
def test_a_script_that_is_old_enough_is_left_alone(script):
    assert in_script(script) == []


@pytest.mark.parametrize("page", OLD_PAGES)
def test_a_page_that_is_old_enough_is_left_alone(page):
    assert in_page(page) == []


@pytest.mark.parametrize(
    ("folder", "kind", "reader"),
    [("static", "css", in_style), ("static", "js", in_script), ("templates", "html", in_page)],
)
def test_the_site_runs_in_the_oldest_browser(folder, kind, reader):
    files = [path for path in sorted((ROOT / folder).rglob(f"*.{kind}")) if path.name not in ON_PAPER]

    found = {str(path.relative_to(ROOT)): reader(path.read_text(encoding="utf-8")) for path in files}

    assert len(files) > 5
    assert {path: names for path, names in found.items() if names} == {}


def test_what_is_for_paper_reaches_no_browser():
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")]

    assert [text for text in texts if any(name in text for name in ON_PAPER)] == []
