"""What allauth and Django say while somebody signs in, put here so that our catalogue has it.

Django looks a sentence up in all catalogues together; allauth has no Vietnamese one.
"""

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext_lazy

SENTENCES = [
    _("You must type the same password each time."),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        1,
    ),
]
