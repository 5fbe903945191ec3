"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
django = get_wsgi_application()

from portal.answers import Answers, Shelf  # noqa: E402 it asks for the settings
from portal.checks import expect_libraries  # noqa: E402 as above

expect_libraries()

application = Answers(django, Shelf.of_settings())
