"""The house style, as far as a script can see it (docs/architecture.md, architecture.md §3)."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from budgets.immutable import Immutable

ROOT = Path(__file__).parent.parent
PACKAGES = ("budgets", "performance", "disclosure", "portal")
SOURCES = [
    path for package in PACKAGES for path in sorted((ROOT / package).rglob("*.py")) if "migrations" not in path.parts
]
FUNCTIONS = [
    (path, node)
    for path in SOURCES
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    if isinstance(node, ast.FunctionDef)
]

IMMUTABLE = {
    "ArchivedDisclosure",
    "ArchivedWithdrawal",
    "Attachment",
    "AttachmentVoid",
    "AuditTrail",
    "Edition",
    "EditionContent",
    "EditionEvidence",
    "EditionFile",
    "EditionLine",
    "EditionManifest",
    "EditionSignOff",
    "EditionText",
    "ImportRecord",
    "LedgerEntry",
    "Transition",
    "Withdrawal",
    "WithdrawnFile",
}
MUTABLE = {
    "AnnualTask",
    "AssetHolding",
    "AuditResult",
    "Budget",
    "CarriedRow",
    "CarryForward",
    "CodeChange",
    "CodeList",
    "Comment",
    "Contribution",
    "ControlFigure",
    "Department",
    "Disclosure",
    "DutyGoal",
    "Economic",
    "EconomicCrosswalk",
    "EmptyTable",
    "Exemption",
    "ExpenditureLine",
    "Explanation",
    "FiscalYear",
    "Framework",
    "Function",
    "GlossaryTerm",
    "GoalStatement",
    "Government",
    "GovernmentEconomic",
    "ImportRun",
    "Indicator",
    "IndicatorClass",
    "LedgerHead",
    "Membership",
    "Narrative",
    "Notice",
    "OverallGoal",
    "OverallIndicator",
    "PasswordRecord",
    "Presence",
    "PreviousFigure",
    "ProcurementCatalogue",
    "ProcurementItem",
    "Project",
    "ProjectGoal",
    "RenderingClaim",
    "RenderingFailure",
    "RevenueLine",
    "SearchEntry",
    "SearchLeaf",
    "SearchSheet",
    "SiteIdentity",
    "Succession",
    "ThreePublicCost",
    "TrailHead",
    "Unit",
    "UnitProfile",
    "UrgentPublication",
    "Waiver",
    "Withholding",
}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_small_and_opens_with_a_sentence(path):
    text = path.read_text(encoding="utf-8")

    assert text.count("\n") <= 250
    assert ast.get_docstring(ast.parse(text))


def test_functions_are_small():
    sizes = {f"{path.relative_to(ROOT)}:{node.name}": node.end_lineno - node.lineno + 1 for path, node in FUNCTIONS}

    assert {name: size for name, size in sizes.items() if size > 30} == {}


def test_no_float_comes_near_money():
    near = ("budgets", "performance", "disclosure")
    places = [
        f"{path.relative_to(ROOT)}: {line.strip()}"
        for path in SOURCES
        if path.relative_to(ROOT).parts[0] in near
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(r"\bfloat\(|FloatField|: float\b|-> float\b", line)
    ]

    assert places == []


def test_nothing_is_called_by_an_empty_name():
    empty = {"utils", "helpers", "services", "core", "common", "misc"}

    assert {path.stem for path in SOURCES} & empty == set()


def test_nothing_is_left_undone():
    pattern = re.compile(r"\b(TODO|FIXME|XXX)\b")

    assert [path for path in SOURCES if pattern.search(path.read_text(encoding="utf-8"))] == []


def test_every_model_is_listed_as_mutable_or_immutable():
    models = [model for package in PACKAGES for model in apps.get_app_config(package).get_models()]

    assert {model.__name__ for model in models if issubclass(model, Immutable)} == IMMUTABLE
    assert {model.__name__ for model in models if not issubclass(model, Immutable)} == MUTABLE


def test_every_constraint_speaks_chinese():
    silent = [
        constraint.name
        for package in PACKAGES
        for model in apps.get_app_config(package).get_models()
        for constraint in model._meta.constraints
        if not re.search(r"[\u4e00-\u9fff]", str(constraint.violation_error_message))
    ]

    assert silent == []


def test_migrations_are_named():
    names = [path.stem for package in PACKAGES for path in (ROOT / package).glob("migrations/0*.py")]

    assert names
    assert [name for name in names if "auto" in name] == []


def test_every_template_is_used_and_opens_with_its_parameters():
    templates = [path.relative_to(ROOT / "templates") for path in (ROOT / "templates").rglob("*.html")]
    files = [*SOURCES, *(ROOT / "templates").rglob("*.html")]
    texts = {path: path.read_text(encoding="utf-8") for path in files}
    found_by_django = {
        "403.html",
        "admin/base_site.html",
        "admin/app_list.html",
        "admin/auth/user/add_form.html",
        "admin/edit_inline/tabular.html",
        "admin/includes/fieldset.html",
        "admin/search_form.html",
    }
    unused = [
        str(name)
        for name in templates
        if str(name) not in found_by_django and not any(f'"{name}"' in text for text in texts.values())
    ]
    silent = [
        str(name)
        for name in templates
        if name.parts[0] == "components" and not texts[ROOT / "templates" / name].startswith("{% comment %}")
    ]

    assert unused == []
    assert silent == []


def test_no_template_holds_script_or_style():
    pattern = re.compile(r'<script(?![^>]*\bsrc=)|\son[a-z]+="|\sstyle="|<style')
    texts = {path: path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")}
    data = ROOT / "templates" / "components" / "linked_data.html"  # JSON-LD: a block of data that no browser runs
    texts[data] = texts[data].replace('<script type="application/ld+json">{{ text }}</script>', "", 1)

    assert [path for path, text in texts.items() if pattern.search(text)] == []


def test_identifiers_are_english_and_texts_know_no_machine():
    files = [*SOURCES, *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "run", ROOT / "check"]
    pattern = re.compile(r"/work/|/root/|\.shared/")

    assert [str(path) for path in files if pattern.search(path.read_text(encoding="utf-8"))] == []
    assert [str(path) for path in SOURCES if not path.name.isascii()] == []
