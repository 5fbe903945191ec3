"""The page of a draft's findings: each with its place, its reason or its waiver; and the same beside a fact's form."""

from collections import Counter
from typing import Any, NamedTuple

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from budgets.access import allowed, may
from disclosure.audit import RULES
from disclosure.checklist.evidence import name_of
from disclosure.desk.places import findings_anchor
from disclosure.desk.targets import Target, Targets
from disclosure.document import Document
from disclosure.judgement import Judged, explain, explain_alike, judge, take_back, waive
from disclosure.layouts import layout_of
from disclosure.models import Disclosure, Explanation, Waiver
from disclosure.refusal import RefusalError

ELSEWHERE = "整份文件"


class Shown(NamedTuple):
    """A finding as the page shows it; ``part`` is the section or table it stands in."""

    judged: Judged
    part: str
    address: str
    alike: int = 0
    """How many other warnings of the same rule have no reason yet."""

    @property
    def sentence(self) -> str:
        """Return what the rule demands."""
        rule = RULES.get(self.judged.said.code)
        return rule.sentence if rule else ""


class Group(NamedTuple):
    """The findings of one part, under its heading; ``anchor``: where links from elsewhere lead, once on the page."""

    title: str
    anchor: str
    findings: list[Shown]


def page(request: HttpRequest, disclosure: Disclosure, around: dict[str, Any]) -> HttpResponse:
    """Show every finding by part of the document; take a reason or a waiver. ``around``: the admin's own context."""
    if request.method == "POST":
        return _answered(request, disclosure)
    document = Document.of(disclosure)
    judgement = judge(disclosure, document)
    targets = Targets(disclosure, document)
    alike = Counter(item.said.code for item in judgement.unexplained)
    shown = [
        Shown(
            item,
            part_of(document, item),
            targets.address(targets.of(item.said.places)),
            alike[item.said.code] - int(item.unexplained),
        )
        for item in judgement.items
    ]
    context = {
        **around,
        "disclosure": disclosure,
        "title": f"{disclosure}检查结果",
        "judgement": judgement,
        "parts": _grouped(document, shown),
        "may_explain": may(request.user, Explanation, "add"),
        "may_waive": may(request.user, Waiver, "add"),
        "rules": RULES,
    }
    return render(request, "admin/findings.html", context)


def _grouped(document: Document, shown: list[Shown]) -> list[Group]:
    groups: dict[str, Group] = {}
    layout, taken = layout_of(document.content.layout), set[str]()
    for one in shown:
        if one.part not in groups:
            anchor = findings_anchor(name_of(layout, one.judged.said.places))
            groups[one.part] = Group(one.part, "" if anchor in taken else anchor, [])
            taken.add(anchor)
        groups[one.part].findings.append(one)
    return list(groups.values())


def part_of(document: Document, item: Judged) -> str:
    """Name the section or the table a finding is about."""
    for place in item.said.places:
        if place.section >= 0:
            return document.content.sections[place.section].heading
        table = next((table for table in document.content.tables if table.key == place.table), None)
        if table:
            return table.heading
    return ELSEWHERE


def _answered(request: HttpRequest, disclosure: Disclosure) -> HttpResponse:
    """Store an answer; say what became of it."""
    asked, fingerprint = request.POST, request.POST.get("fingerprint", "")
    reason = asked.get("reason", "")
    try:
        if "explain" in asked:
            messages.success(request, _explained(request, disclosure, fingerprint, reason))
        elif "waive" in asked:
            waive(disclosure, fingerprint, by=request.user, reason=reason, published="published" in asked)
            messages.success(request, "已豁免这一错误。")
        elif "take_back" in asked:
            for waiver in disclosure.waivers.filter(fingerprint=fingerprint):
                take_back(waiver, by=request.user)
            messages.success(request, "已撤回豁免。")
    except RefusalError as refusal:
        messages.error(request, str(refusal))
    at = f"#f-{fingerprint[:12]}" if fingerprint.isalnum() else ""
    return HttpResponseRedirect(f"{reverse('admin:disclosure_findings', args=[disclosure.pk])}{at}")


def _explained(request: HttpRequest, disclosure: Disclosure, fingerprint: str, reason: str) -> str:
    """Store a reason, for the like warnings too where that is asked; say what became of it."""
    if "alike" in request.POST:
        return f"已记下{explain_alike(disclosure, fingerprint, by=request.user, reason=reason)}处的原因。"
    explain(disclosure, fingerprint, by=request.user, reason=reason)
    return "已记下原因。"


def beside(request: HttpRequest, row: Model) -> list[Shown]:
    """Return the findings that are mended on the form of ``row``; none for whoever may not see the disclosure.

    A disclosure's own page says of every part what was found of it.
    """
    disclosure = None if isinstance(row, Disclosure) else disclosure_of(request, row)
    if disclosure is None:
        return []
    document = Document.of(disclosure)
    targets, page_name = Targets(disclosure, document), f"{row._meta.app_label}_{row._meta.model_name}"
    found = [(item, targets.of(item.said.places)) for item in judge(disclosure, document).items]
    return [
        Shown(item, part_of(document, item), reverse("admin:disclosure_findings", args=[disclosure.pk]))
        for item, target in found
        if target.page == page_name and _concerns(target, row)
    ]


def disclosure_of(request: HttpRequest, row: Any) -> Disclosure | None:
    """Return the disclosure that prints a fact: its department's."""
    if hasattr(row, "disclosure_id"):
        found = Disclosure.objects.filter(pk=row.disclosure_id)
    else:
        found = Disclosure.objects.filter(budget_id=getattr(row, "budget_id", 0) or 0, unit=None)
    visible: Disclosure | None = allowed(request.user, found).first()
    return visible


def _concerns(target: Target, row: Any) -> bool:
    if target.pk:
        return bool(target.pk == row.pk)
    codes = {getattr(getattr(row, name, None), "code", "") for name in ("function", "economic", "project")}
    return not target.code or any(code and code.startswith(target.code) for code in codes)
