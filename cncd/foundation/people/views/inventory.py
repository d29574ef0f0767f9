"""Which personal data the program keeps, why, and for how long."""

from django.conf import settings
from django.shortcuts import render
from django.utils.module_loading import import_string

from cncd.foundation.people.access import allow


@allow("account.own")
def inventory(request):
    """Everybody may know what is kept: law 91/2025/QH15."""
    rows = import_string(settings.PERSONAL_DATA_INVENTORY)
    return render(request, "people/inventory.html", {"rows": rows})
