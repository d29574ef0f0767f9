"""Who finished what and when; the clerk enters the number of the certificate."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, CharField, OuterRef, Subquery, Value, When
from django.db.models.functions import Concat
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.people import authority
from cncd.foundation.people.access import allow
from cncd.foundation.people.views.answers import saved
from cncd.foundation.places.models import PlaceVersion
from cncd.work.training.actions.certificates import number_certificate
from cncd.work.training.forms.people import NumberForm
from cncd.work.training.models import Completion
from cncd.work.training.people_lists import CertificateList


@allow("training.view")
def listed(request):
    """Courses finished, one's own and those of units in sight."""
    rows = Completion.objects.visible_to(request.user).standing().filter(course__withdrawn_at=None)
    rows = rows.select_related("person", "course").prefetch_related("course__topics")
    held = PlaceVersion.objects.filter(place=OuterRef("course__place"), is_last=True)
    full_name = Concat("kind__name", Value(" "), "name", output_field=CharField())
    mine = authority.reach(request.user, permission="training.plan")
    numbers = Case(When(course__place__in=mine, then=True), default=False)
    rows = rows.annotate(unit=Subquery(held.values(n=full_name)[:1]), may_number=numbers)
    table = CertificateList(request, rows)
    table.select = "pk" if request.user.can("training.plan") else ""
    return table.response()


@allow("training.plan")
def number(request, pk):
    """The number and day of one certificate."""
    seen = Completion.objects.visible_to(request.user).standing()
    found = get_object_or_404(seen.select_related("person", "course__place"), pk=pk)
    if not request.user.can("training.plan", place=found.course.place):
        raise PermissionDenied("training.plan")
    first = {"number": found.number, "issued_on": found.issued_on}
    form = NumberForm(request.POST or None, initial=first)
    if saved(request, form, number_certificate, completion=found):
        say_done(request, _("The number is entered."))
        return redirect("training:certificates")
    context = {"form": form, "title": _("Certificate number"), "intro": str(found)}
    context |= {"back": reverse("training:certificates"), "completion": found}
    return render(request, "training/certificate.html", context)
