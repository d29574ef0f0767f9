"""Courses and sessions, typed at the desk."""

import datetime as dt

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, WholeNumberField
from cncd.foundation.people import authority
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.people.forms.postings import AgencyField
from cncd.foundation.people.models import Agency
from cncd.foundation.places.models import Place
from cncd.work.library.forms import ItemsField
from cncd.work.training.models import Audience, PlanLine, Quiz, Topic, TrainingPlan

MOST_SEATS = 5_000
TEXT = {"rows": 3}
HOUR = forms.TimeInput(format="%H:%M", attrs={"placeholder": "08:00", "inputmode": "numeric"})


class TopicsField(forms.ModelMultipleChoiceField):
    """Some of the topics in use that day, the five basic skills first."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options):
        super().__init__(queryset=Topic.objects.none(), label=_("Topics"), **options)

    def offer(self, day: dt.date) -> None:
        self.queryset = Topic.objects.on(day)


class CourseForm(OnceMixin, forms.Form):
    """What a course is; where and when stand in its sessions."""

    title = NFCCharField(label=_("Course"), max_length=200)
    place = PlaceField(label=_("Unit that holds it"))
    audience = forms.ChoiceField(
        label=_("For whom"), choices=[c for c in Audience.choices if c[0] != Audience.CITIZENS]
    )
    topics = TopicsField()
    plan_line = forms.ModelChoiceField(
        PlanLine.objects.none(), label=_("Line of the yearly plan"), required=False
    )
    trainer = NFCCharField(label=_("Trainer"), max_length=160, required=False)
    trainer_agency = AgencyField(label=_("Trainer from"), required=False)
    sessions_needed = WholeNumberField(
        label=_("Completed by coming to so many sessions"), min_value=1, max_value=60, initial=1,
        help_text=_("The same session held at several places counts as 1."),
    )  # fmt: skip
    quiz = forms.ModelChoiceField(
        Quiz.objects.none(), label=_("Quiz"), required=False, empty_label=_("– choose –")
    )
    quiz_required = forms.BooleanField(
        label=_("Passing the quiz is needed to complete the course"), required=False
    )
    note = NFCCharField(label=_("Note"), required=False, widget=forms.Textarea(attrs=TEXT))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, user, course=None, **options):
        super().__init__(*args, **options)
        day = timezone.localdate()
        self.fields["topics"].offer(day)
        firms = Q(is_enterprise=True) | Q(branch__code__in=("union", "information", "trade"))
        self.fields["trainer_agency"].offer(Agency.objects.alive(day).filter(firms), day)
        reach = authority.reach(user, permission="training.plan")
        self.fields["quiz"].queryset = Quiz.objects.visible_to(user).standing()
        if course:
            for name in ("place", "audience", "plan_line"):
                del self.fields[name]
            return
        del self.fields["version"]
        self.fields["place"].offer(reach.alive(day).exclude(level__code="hamlet").distinct(), day)
        lines = PlanLine.objects.filter(plan__place__in=reach, plan__year__gte=day.year - 1)
        lines = lines.filter(plan__state=TrainingPlan.State.APPROVED, asks_above=False)
        self.fields["plan_line"].queryset = lines.exclude(audience=Audience.CITIZENS)
        self.fields["plan_line"].empty_label = str(_("Not in the plan"))

    @property
    def said(self) -> dict:
        """What the actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "envelope"}


class MaterialsForm(forms.Form):
    """What there is to read for a course, from the library."""

    materials = ItemsField(label=_("Texts of the library"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, user, course, text="", **options):
        chosen = list(course.materials.order_by("sort_key", "pk"))
        first = {"materials": chosen, "version": course.version}
        super().__init__(*args, initial=first, **options)
        self.fields["materials"].offer(user, chosen=chosen, text=text)


class SessionForm(OnceMixin, forms.Form):
    """When and where, and how many seats."""

    day = DayField(label=_("Day"))
    starts = forms.TimeField(label=_("Begins"), initial=dt.time(8), widget=HOUR)
    ends = forms.TimeField(label=_("Ends"), initial=dt.time(11), widget=HOUR)
    place = PlaceField(label=_("Place"))
    venue = NFCCharField(label=_("Where it is held"), max_length=200, required=False)
    capacity = WholeNumberField(
        label=_("Seats"), min_value=1, max_value=MOST_SEATS, required=False,
        help_text=_("Empty: no limit. When all seats are taken, whoever accepts waits for one."),
    )  # fmt: skip
    note = NFCCharField(label=_("Note"), required=False, widget=forms.Textarea(attrs=TEXT))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # of a standing one

    def __init__(self, *args, course, **options):
        super().__init__(*args, **options)
        day = timezone.localdate()
        below = Place.objects.reached_from([course.place_id], day).alive(day)
        few = course.place.level.code in ("commune", "hamlet")
        below = below if few else below.exclude(level__code="hamlet")
        self.fields["place"].offer(below.distinct(), day)
        self.fields["place"].initial = course.place_id

    def clean(self):
        said = super().clean()
        if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
            self.add_error("ends", _("The end comes before the beginning."))
        return said

    @property
    def said(self) -> dict:
        """What the actions take."""
        said = self.cleaned_data
        found = {name: said[name] for name in ("place", "venue", "capacity", "note")}
        for name, hour in (("starts_at", said["starts"]), ("ends_at", said["ends"])):
            found[name] = timezone.make_aware(dt.datetime.combine(said["day"], hour))
        return found

    @staticmethod
    def initial_of(session) -> dict:
        """The form filled with a session."""
        starts, ends = (timezone.localtime(at) for at in (session.starts_at, session.ends_at))
        return {
            "day": session.held_on, "starts": starts.time(), "ends": ends.time(),
            "place": session.place_id, "venue": session.venue, "capacity": session.capacity,
            "note": session.note, "version": session.version,
        }  # fmt: skip


class ReasonForm(forms.Form):
    """Why something is called off, taken out or put right."""

    reason = NFCCharField(label=_("Reason"), max_length=200)


class VersionForm(ReasonForm):
    """Why, of what the page showed."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AddForm(ReasonForm):
    """Somebody who was there and is not on the list."""

    person = forms.ChoiceField(label=_("Who came"))
    field_order = ("person", "reason")

    def __init__(self, *args, people, **options):
        super().__init__(*args, **options)
        blank = ("", _("– choose –"))
        self.fields["person"].choices = [blank, *((str(pk), label) for pk, label in people)]
