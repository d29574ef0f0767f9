"""The files officers bring: looked at row by row before anything is written."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cncd.foundation.kit.imports import NEW, UNCHANGED, UPDATED, Import, Line
from cncd.foundation.places import hamlets, passings, queries
from cncd.foundation.places.actions import import_hamlets, reorganise
from cncd.foundation.places.actions.reorganising import trial
from cncd.foundation.places.models import Place
from cncd.foundation.places.passings import Passed


class HamletImport(Import):
    """Hamlets of one unit, or of everything in reach."""

    title = gettext_lazy("Hamlets from Excel")
    name = "ap-khom"
    intro = gettext_lazy(
        "One row per hamlet. Bringing the same file again updates hamlets, it does not double them."
    )
    notes = [
        gettext_lazy("The commune code has five digits, as text: 31552."),
        gettext_lazy("Leave the hamlet code empty to get the next one: 31552.001, 31552.002…"),
        gettext_lazy("A hamlet already there is found by its code, else by type and name."),
    ]

    @property
    def columns(self):
        return hamlets.headings()

    @property
    def place(self) -> Place | None:
        return self.options.get("place")

    def _communes(self):
        """The communes the file is about; None when it may be any in reach."""
        if self.place is None:
            return None
        day = timezone.localdate()
        found = Place.objects.reached_from([self.place.pk], day).at_level("commune")
        return found.named(day).order_by("sort_key")

    def check(self, sheet):
        communes = self._communes()
        lines = hamlets.check_hamlets(
            sheet,
            by=self.request.user,
            day=timezone.localdate(),
            within=None if communes is None else set(communes.values_list("pk", flat=True)),
        )
        understood = {line.row.number: line for line in lines}
        return [self._line(row, understood.get(row.number)) for row in sheet]

    def _line(self, row, line) -> Line:
        if line is None:
            return Line.of(row)
        state = NEW if line.known is None else UPDATED if line.changes else UNCHANGED
        found = Line.of(row, state, content=line, notes=line.notes)
        found.shown |= {"code": line.code, "kind": line.kind.name, "name": line.name}
        return found

    def write(self, lines):
        done = import_hamlets(lines=[line.content for line in lines], by=self.request.user)
        return _("%(new)s hamlets are new, %(changed)s were changed.") % done

    def template_rows(self):
        """The hamlets there are already, so that the file can be completed; else the communes."""
        communes = self._communes()
        if communes is None:
            return []
        rows = []
        for commune in communes:
            known = queries.children(commune, timezone.localdate())
            rows += [
                [commune.code, hamlet.name, hamlet.kind_name, hamlet.code, ""] for hamlet in known
            ]
            if not known:
                rows.append([commune.code, "", "", "", ""])
        return rows


class ReorganisationImport(Import):
    """Mergers, splits, transfers and abolitions of a resolution, carried out together."""

    title = gettext_lazy("Reorganisation from a list")
    name = "sap-xep-don-vi"
    intro = gettext_lazy(
        "One row for each old unit and the unit it passes into. The preview tries everything out "
        "and says what would go wrong; nothing is written before you confirm."
    )
    notes = [
        gettext_lazy("Rows with the same day and new code are one merger."),
        gettext_lazy("The shares of one old unit sum to 1, unless only a part is transferred."),
        gettext_lazy(
            "Hamlets move to the one unit that takes over; a split is done on its own page."
        ),
    ]

    @property
    def columns(self):
        return passings.headings()

    def check(self, sheet):
        readable = [Passed.of(row) for row in sheet if not row.errors]
        wrong = trial(lines=readable, by=self.request.user)
        for row in sheet:
            if row.number in wrong:
                row.error("", wrong[row.number])
        passed = {line.number: line for line in readable}
        return [Line.of(row, NEW, content=passed.get(row.number)) for row in sheet]

    def write(self, lines):
        done = reorganise(lines=[line.content for line in lines], by=self.request.user)
        ended = ngettext("%(n)s unit ended", "%(n)s units ended", done["ended"])
        moved = ngettext("%(n)s unit moved", "%(n)s units moved", done["moved"])
        return f"{ended % {'n': done['ended']}}, {moved % {'n': done['moved']}}."
