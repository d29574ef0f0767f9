"""The application that granian (or any WSGI server) loads."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cncd.config.settings")
application = get_wsgi_application()

# What is loaded now stays for good: set aside, it need not be searched for garbage again and again,
# each time a pause of a tenth of a second.
get_resolver().reverse_dict  # noqa: B018  loads every room's pages
gc.collect()
gc.freeze()
