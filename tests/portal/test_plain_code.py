"""What the code never does: what would let in what people write, or hide what is weak."""

import ast
import re
from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from portal import settings as production

ROOT = Path(__file__).parents[2]
SOURCES = [path for name in ("budgets", "disclosure", "performance", "portal") for path in (ROOT / name).rglob("*.py")]
TREES = {str(path.relative_to(ROOT)): ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "static" / "js").glob("*.js")}
TEMPLATES = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")}
BUILDERS = {"pickle", "marshal", "shelve", "yaml", "dill", "jsonpickle", "joblib"}
WORKSHOP = {"tests", "bench", "pytest", "playwright", "hypothesis", "debug_toolbar", "django_extensions"}
BY_CHANCE = {"disclosure/sample/government/dice.py"}
"""Sample governments are made of a seed, to be the same again; nothing there is a secret."""
MARKUP = re.compile(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|DOMParser|srcdoc")
COMPUTED = re.compile(r"[\w)\]]\[[^\]]+\]\s*=[^=>]|Object\.assign|__proto__|\bfor \((const|let|var) \w+ in ")


def imports() -> list[tuple[str, str]]:
    """List every module that is imported, with the file that imports it."""
    found = []
    for file, tree in TREES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found += [(file, name.name.partition(".")[0]) for name in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.append((file, node.module.partition(".")[0]))
    return found


def calls(of: str) -> list[tuple[str, ast.Call]]:
    """List every call of a function by its name, with the file."""
    return [
        (file, node)
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and ast.unparse(node.func) == of
    ]


def test_nothing_is_unpacked_into_objects_of_the_senders_choice():
    assert [(file, name) for file, name in imports() if name in BUILDERS] == []


def test_no_command_goes_through_a_shell():
    for name in ("subprocess.run", "subprocess.Popen"):
        assert calls(name)
        assert [file for file, call in calls(name) if any(word.arg == "shell" for word in call.keywords)] == []
    assert [*calls("os.system"), *calls("os.popen")] == []


def test_what_is_hashed_is_hashed_by_what_holds():
    used = {
        (file, node.func.attr, ast.unparse(node))
        for file, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func.value) == "hashlib"
    }
    weak = [(file, said) for file, name, said in used if name not in {"sha256", "blake2b", "file_digest"}]
    files = [said for _, name, said in used if name == "file_digest"]

    assert weak == [("budgets/objects.py", "hashlib.md5(data, usedforsecurity=False)")]
    assert [said for said in files if "'sha256'" not in said] == []
    assert [file for file, call in calls("salted_hmac") if "algorithm='sha256'" not in ast.unparse(call)] == []


def test_what_nobody_may_guess_comes_from_the_system():
    assert {file for file, name in imports() if name == "random"} == BY_CHANCE
    assert [*calls("uuid.uuid1"), *calls("uuid.uuid4")] == []


def test_passwords_are_kept_by_what_is_slow_to_guess():
    first, *rest = [import_string(name)() for name in production.PASSWORD_HASHERS]

    assert (first.algorithm, first.params().type.name) == ("argon2", "ID")
    assert (first.time_cost >= 2, first.memory_cost >= 19_456) == (True, True)
    assert [(one.algorithm, one.iterations >= 600_000) for one in rest] == [("pbkdf2_sha256", True)]


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_writes_text_and_never_markup(name):
    assert MARKUP.findall(SCRIPTS[name]) == []


@pytest.mark.parametrize("name", sorted(SCRIPTS))
def test_a_script_puts_nothing_under_a_name_that_it_was_given(name):
    assert COMPUTED.findall(SCRIPTS[name]) == []


def test_what_would_reach_a_prototype_is_found():
    bad = ("kept[key] = value;", "Object.assign(one, JSON.parse(text))", "for (const key in given) {}")

    assert [COMPUTED.search(line) is not None for line in bad] == [True] * 3
    assert not COMPUTED.search("if (values[at] === other) known.set(key, value);")


def test_no_window_takes_messages_of_another():
    assert [name for name, text in SCRIPTS.items() if re.search(r"postMessage|onmessage|\"message\"", text)] == []


def test_pages_need_nothing_but_the_browser():
    old = re.compile(r"<(object|embed|applet)\b|java:|ActiveX|\.swf\b")

    assert [name for name, text in TEMPLATES.items() if old.search(text)] == []


def test_the_site_takes_nothing_of_the_workshop_along():
    assert [(file, name) for file, name in imports() if name in WORKSHOP] == []
    assert [app for app in production.INSTALLED_APPS if app.partition(".")[0] in WORKSHOP] == []
