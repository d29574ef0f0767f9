"""The files every phone page is made of, kept on the phone so that pages open by themselves."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

HERE = Path(__file__).parent
# Those of other rooms; a test opens the pages, follows what they import, and compares.
OTHERS = """
vendor/bootstrap.min.css vendor/icons.svg kit/kit.css kit/kit.js kit/mark.svg
activities/activities.css activities/shrink.js activities/share.js
reports/reports.css reports/write.js notices/shown.js devices/lock.js
""".split()
# Of the page that asks for the PIN, on a phone that has one.
LOCKED = """
desk/desk.css people/people.css people/door.js mfa/js/webauthn-json.js devices/pin.js
devices/watch.js
""".split()


@cache
def names() -> list[str]:
    """All there are, as `static` wants them."""
    own = (path for kind in ("*.js", "*.css") for path in (HERE / "static").rglob(kind))
    return OTHERS + sorted(path.relative_to(HERE / "static").as_posix() for path in own)


def addresses(of: list[str] | None = None) -> list[str]:
    """Where the files are served."""
    return [static(name) for name in of or names()]


@cache
def version() -> str:
    """Changes when one of the files does, so that phones fetch them anew."""
    digest = hashlib.sha256((HERE / "templates" / "phone" / "worker.js").read_bytes())
    for name in names():
        digest.update(Path(finders.find(name)).read_bytes())
    return digest.hexdigest()[:12]
