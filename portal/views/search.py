"""Search: what is asked for in words, filtered by the address, found in current editions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.answering import Answer
from portal.asking import LONGEST, Question
from portal.helping import Help
from portal.logs import MARK
from portal.shelves import MOST, Shelf
from portal.silent import silent
from portal.views import contents
from portal.views.problems import revalidated


def results(request: HttpRequest) -> HttpResponse:
    """Show what was found; say what can be done where nothing was. Among files the catalogue stands here."""
    if MARK in request.META:
        return contents.page(request)
    question = Question.of(request.GET)
    problem = _problem(question)
    shelf = Shelf.read(None if problem else question)
    answer = None if problem or not question.words else Answer.to(question, shelf)
    aid = None if answer and answer.total else Help.on(Question() if problem else question, shelf)
    context = {
        "question": question,
        "problem": problem,
        "answer": answer,
        "silent": silent(question) if answer else [],
        "lacking": shelf.lacking,
        "most": MOST,
        "help": aid,
        "longest": LONGEST,
    }
    return revalidated(render(request, "portal/search.html", context, status=400 if problem else 200))


def _problem(question: Question) -> str:
    """Say why nothing can be looked for; blank where it can, and where nothing was asked."""
    if question.too_long:
        said = f"最多搜索{LONGEST}个字，您输入了{len(question.words)}个字，没有搜索。"
        return f"{said}请只留下最要紧的几个字，例如项目名称或科目名称。"
    if question.words and not question.terms:
        return f"“{question.words}”里没有汉字、字母或数字，没有搜索。请输入名称、编码或词语，例如“接待费”“2013202”。"
    return ""
