"""A page of several forms sent together: checked, rehearsed, confirmed, and done once."""

import hashlib
import json

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cncd.foundation.documents.models import Document
from cncd.foundation.envelopes.actions import DifferentContent, once
from cncd.foundation.envelopes.models import Envelope
from cncd.foundation.people.actions import Refusal
from cncd.team.teams.actions import TeamError
from cncd.team.teams.actions.rehearse import Rehearsal, rehearse
from cncd.team.teams.forms.decision import DecisionForm
from cncd.team.teams.models import Team

NOT_CONTENT = {"csrfmiddlewaretoken", "confirmed", "envelope", "decision-kept", "next"}


class Submission:
    """Head, decision and (mostly) a roster; a subclass says what they come to in `act`."""

    kind = ""
    always_shows = False  # whether the changes are shown even when nothing is found

    def __init__(self, request, place, team: Team | None = None):
        self.request, self.place, self.team = request, place, team
        self.data = request.POST if request.method == "POST" else None
        files = request.FILES if self.data is not None else None
        self.decision = DecisionForm(
            self.data,
            files,
            prefix="decision",
            place=place,
            by=request.user,
            document=self._cited(),
        )
        self.head = self.make_head()
        self.roster = self.make_roster()
        self.errors: list[str] = []  # of the roster as a whole
        self.rehearsal: Rehearsal | None = None

    def _cited(self) -> Document | None:
        """The decision that a link names, to fill its fields in beforehand."""
        asked = self.request.GET.get("decision", "")
        known = Document.objects.visible_to(self.request.user)
        return known.filter(pk=asked).first() if asked.isdecimal() and len(asked) < 19 else None

    def make_head(self):
        raise NotImplementedError

    def make_roster(self):
        return None

    def forms(self) -> list:
        return [form for form in (self.head, self.decision, self.roster) if form is not None]

    def act(self) -> Team:
        """Calls the action."""
        raise NotImplementedError

    @property
    def day(self):
        """The day the change begins."""
        raise NotImplementedError

    # -- sending -----------------------------------------------------------------------------

    def answer(self) -> dict | None:
        """Acts, once; None when the page is to be shown again, with errors or to be confirmed."""
        if self.data is None or "add" in self.data:
            return None
        # Every form says what is wrong with it, not only the first.
        are_valid = all([form.is_valid() for form in self.forms()])
        try:
            # What was done already is answered first: its people are in the register by now.
            if self._was_sent():
                return self._once()
            if not are_valid or (self.data.get("confirmed") != self.digest and self._shows()):
                return None
            return self._once()
        except TeamError as refused:
            self._take(refused.field, refused.message)
        except Refusal as refused:
            self._take("members", str(refused.message))
        except DifferentContent:
            self._take(None, _("This page was sent before with other content. Open it anew."))
        except ValidationError as refused:
            self._take_of_decision(refused)
        return None

    def _was_sent(self) -> bool:
        envelope = getattr(self.head, "cleaned_data", {}).get("envelope")
        return envelope is not None and Envelope.objects.filter(pk=envelope).exists()

    def _shows(self) -> bool:
        """Whether the change must be looked at first; then `rehearsal` says what it would be."""
        self.decision.keep_file()
        found = rehearse(run=self.act, day=self.day, team=self.team)
        if not (found.findings or self.always_shows):
            return False
        self.rehearsal = found
        return True

    def _once(self) -> dict:
        envelope = self.head.envelope_of(kind=self.kind, sender=self.request.user)
        envelope["content"] = {"digest": self.digest}
        return once(**envelope, now=timezone.now(), run=lambda: {"team": self.act().pk})

    @property
    def digest(self) -> str:
        """Stands for what was filled in: a change after the look asks for another look."""
        filled = sorted(
            (name, self.data.getlist(name)) for name in self.data if name not in NOT_CONTENT
        )
        return hashlib.sha256(json.dumps(filled).encode()).hexdigest()

    # -- what is wrong -----------------------------------------------------------------------

    def _take(self, field: str | None, message: str) -> None:
        if field == "members" and self.roster is not None:
            self.errors.append(message)
        else:
            self.head.add_error(field if field in self.head.fields else None, message)

    def _take_of_decision(self, refused: ValidationError) -> None:
        self.decision.add_error(None, refused)
