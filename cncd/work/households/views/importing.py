"""Lists and yearly counts from Excel."""

from django.urls import reverse

from cncd.foundation.people.access import allow
from cncd.work.households.imports import CountsImport, HouseholdImport
from cncd.work.households.reaching import CHANGE, hamlets_in_sight, one_at_most

MOST = 2_000  # hamlets one file may speak of


@allow("households.change")
def households(request):
    """Household codes of the hamlets in sight."""
    hamlets = one_at_most(hamlets_in_sight(request, CHANGE), MOST)
    back = reverse("households:list")
    return HouseholdImport(request, back=back, hamlets=hamlets).response()


@allow("households.change")
def counts(request):
    """How many households, business households and adults the hamlets in sight have."""
    hamlets = one_at_most(hamlets_in_sight(request, CHANGE), MOST)
    back = reverse("households:counts")
    return CountsImport(request, back=back, hamlets=hamlets).response()
