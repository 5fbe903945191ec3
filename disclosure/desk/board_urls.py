"""The addresses of the supervisor's board."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.urls import URLPattern, path, re_path

from disclosure.desk import board, board_acts, board_approvals, board_files, board_opening


def _within(route: str, view: Callable[..., Any], name: str) -> URLPattern:
    return path(route, admin.site.admin_view(view), name=name)


EXPORT = r"^(?P<pk>[0-9]{1,9})/grid\.(?P<extension>xlsx|csv)$"

urlpatterns = [
    _within("", board.years, "boards"),
    _within("open/", board_opening.opening, "board_open"),
    _within("<int:pk>/", board.board, "board"),
    re_path(EXPORT, admin.site.admin_view(board.exported), name="board_export"),
    _within("<int:pk>/inspection.xlsx", board.inspection, "board_inspection"),
    _within("<int:pk>/act/", board_acts.act, "board_act"),
    _within("<int:pk>/files/<int:edition>/", board_files.complete, "board_complete"),
    _within("<int:pk>/approvals/", board_approvals.approvals, "board_approvals"),
    _within("<int:pk>/approvals/template.xlsx", board_approvals.approvals_template, "board_approvals_template"),
    _within("<int:pk>/approvals/confirm/", board_approvals.approvals_confirm, "board_approvals_confirm"),
]
