"""A class for citizens, in a few taps: the same form on the phone and at the desk."""

import datetime as dt

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cncd.foundation.kit.forms import DayField, NFCCharField, OnceMixin, SeenField, WholeNumberField
from cncd.foundation.people.forms.fields import PlaceField
from cncd.foundation.places.models import Place
from cncd.team.teams.models import Coverage, Team, TeamIndex
from cncd.work.training.actions import Held
from cncd.work.training.models import Audience, Session, Topic

MOST = 2_000
LATELY = dt.timedelta(days=60)  # a class may go on that long


class MeetingField(forms.ModelChoiceField):
    """The class that this meeting goes on from."""

    def label_from_instance(self, session):
        words = {"title": session.course.title, "day": f"{session.held_on:%d/%m/%Y}"}
        return _("%(title)s, begun %(day)s") % words


class ClassForm(OnceMixin, forms.Form):
    """Topic, hamlet, how many came; nobody's name."""

    version = SeenField()
    topic = forms.ModelChoiceField(
        Topic.objects.none(), label=_("What was taught"), widget=forms.RadioSelect,
        empty_label=None,
    )  # fmt: skip
    people = WholeNumberField(label=_("How many people came"), min_value=1, max_value=MOST)
    elderly = WholeNumberField(
        label=_("Of these, aged 60 and over"), max_value=MOST, required=False
    )
    place = PlaceField(label=_("Hamlet"))
    held_on = DayField(label=_("Day"), past=True)
    continues = MeetingField(
        Session.objects.none(), required=False, empty_label=_("A new class"),
        label=_("New class, or one that goes on"),
    )  # fmt: skip
    newcomers = WholeNumberField(
        label=_("Of these, for the first time"), max_value=MOST, required=False,
        help_text=_("Only for a class that goes on: who came before is not counted again."),
    )  # fmt: skip
    co_organisers = NFCCharField(label=_("Together with"), max_length=300, required=False)
    joint_teams = forms.ModelMultipleChoiceField(
        Team.objects.none(), label=_("Teams that held it with us"), required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They see it as joint; it counts once, for us."),
    )  # fmt: skip
    venue = NFCCharField(label=_("Where it is held"), max_length=200, required=False)
    note = NFCCharField(label=_("Note"), required=False, widget=forms.Textarea({"rows": 2}))

    MORE = ("continues", "newcomers", "co_organisers", "joint_teams", "venue", "note")

    def __init__(self, *args, team=None, places=None, day=None, session=None, **options):
        super().__init__(*args, **options)
        self.team, day = team, day or timezone.localdate()
        self.fields["topic"].queryset = Topic.objects.on(day)
        if team is not None:
            covered = Coverage.objects.on(day).filter(team=team).values("place")
            places = Place.objects.filter(pk__in=covered)
        self.fields["place"].offer(places, day)
        if len(self.fields["place"].choices) == 1:
            self.fields["place"].initial = self.fields["place"].choices[0][0]
        self.fields["held_on"].initial = day
        rows = Session.objects.standing().filter(
            course__audience=Audience.CITIZENS, team=team, continues=None,
            held_on__gt=day - LATELY,
        )  # fmt: skip
        if team is None:
            rows = rows.filter(place__in=places)
        if session is not None:
            del self.fields["continues"]
            if session.continues_id is None:
                del self.fields["newcomers"]
        else:
            self.fields["continues"].queryset = rows.select_related("course")
        self._offer_teams(day)

    def _offer_teams(self, day: dt.date) -> None:
        if self.team is None:
            del self.fields["joint_teams"]
            return
        communes = TeamIndex.objects.on(day).filter(team=self.team, level__code="commune")
        beside = TeamIndex.objects.on(day).filter(place__in=communes.values("place"))
        teams = Team.objects.on(day).filter(pk__in=beside.values("team"))
        self.fields["joint_teams"].queryset = teams.exclude(pk=self.team.pk)

    @property
    def first_fields(self):
        return [field for field in self.visible_fields() if field.name not in self.MORE]

    @property
    def more_fields(self):
        return [self[name] for name in self.MORE if name in self.fields]

    def clean(self):
        said = super().clean()
        most = said.get("people")
        for name in ("elderly", "newcomers"):
            if most is not None and (said.get(name) or 0) > most:
                self.add_error(name, _("Not more than all the people who came."))
        if said.get("continues") and said.get("newcomers") is None:
            self.add_error("newcomers", _("Say how many came for the first time; 0 if nobody."))
        return said

    def held(self, session: Session | None = None) -> Held:
        """What the actions take."""
        said = self.cleaned_data
        names = ("topic", "held_on", "place", "people", "venue", "co_organisers", "note")
        return Held(
            **{name: said[name] for name in names},
            elderly=said["elderly"] or 0,
            continues=session.continues if session else said.get("continues"),
            newcomers=said.get("newcomers"),
            joint_teams=list(said.get("joint_teams") or []),
        )
