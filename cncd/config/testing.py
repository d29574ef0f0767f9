"""Settings for tests: a data directory that vanishes, quick passwords, plain static files."""

import atexit
import os
import shutil
import tempfile

# The real settings read these while they load; what the caller's shell says is not for tests.
os.environ["CNCD_DATA"] = tempfile.mkdtemp(prefix="cncd-test-")
os.environ["CNCD_DB_POOL"] = "0"
os.environ.pop("CNCD_ORIGINS", None)
os.environ.pop("CNCD_SMTP", None)
os.environ.pop("CNCD_SERVICES", None)
os.environ.pop("CNCD_DEBUG", None)
atexit.register(shutil.rmtree, os.environ["CNCD_DATA"], ignore_errors=True)

from .settings import *  # noqa: E402, F403
from .settings import DATA, DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir(exist_ok=True)
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # In a file as in real life: SQLite in memory knows no second connection, hence no races.
    DATABASES["default"]["TEST"] = {"NAME": DATA / "test.sqlite3"}
