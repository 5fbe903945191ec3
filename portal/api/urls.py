"""The addresses of ``/api/v1/``."""

from django.urls import path, re_path

from portal.api import views

KEY = r"(?P<key>[0-9a-z-]{1,60})"
urlpatterns = [
    path("", views.index, name="api_index"),
    path("openapi.json", views.openapi, name="api_openapi"),
    path("governments", views.governments, name="api_governments"),
    path("roster", views.roster, name="api_roster"),
    path("editions", views.editions, name="api_editions"),
    path("figures", views.figures, name="api_figures"),
    re_path(rf"^editions/{KEY}$", views.edition, name="api_edition"),
    re_path(rf"^editions/{KEY}/tables/(?P<table>[A-Za-z0-9_-]{{1,60}})$", views.table, name="api_table"),
    re_path(rf"^editions/{KEY}/(?P<part>[a-z-]{{1,20}})$", views.part, name="api_part"),
    re_path(r"^(?P<rest>[\s\S]+)$", views.nothing, name="api_nothing"),
]
