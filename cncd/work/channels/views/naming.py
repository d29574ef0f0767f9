"""The naming rules of each level with examples, and who must be in a common group."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from cncd.foundation.kit.messages import say_done
from cncd.foundation.kit.refusing import add_refusal, done
from cncd.foundation.people.access import allow
from cncd.foundation.places.models import Level
from cncd.work.channels import actions
from cncd.work.channels.forms import NameRuleForm, RequiredMemberForm
from cncd.work.channels.models import NameRule, RequiredMember
from cncd.work.channels.queries.examples import examples, fitting, levels_with_rules


@allow("channels.rules")
def rules(request):
    """Every level with its forms, what they give for real units, and how many no rule fits."""
    day = request.scope.today
    kinds = RequiredMember.objects.on(day).select_related("level")
    context = {"levels": levels_with_rules(day), "kinds": kinds, "day": day}
    return render(request, "channels/rules.html", context)


@allow("channels.rules")
def level_rules(request, code):
    """Other forms for a level from a day on; "Preview" shows what they give, before saving."""
    level = get_object_or_404(Level, code=code)
    initial, shown = _as_they_stand(level, request.scope.today), None
    form = NameRuleForm(request.POST or None, level=level, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            if "preview" not in request.POST:
                actions.set_name_rules(level=level, by=request.user, **said)
                say_done(request, _("The rule holds from %(day)s.") % {"day": said["since_on"]})
                return redirect("channels:rules")
            shown = fitting(level, said["patterns"], said["since_on"])
        except ValidationError as refused:
            add_refusal(form, refused)
    context = {
        "form": form,
        "level": level,
        "shown": shown,
        "standing": examples(level, request.scope.today),
        "levels": Level.objects.filter(rank__lte=level.rank),
    }
    return render(request, "channels/level_rules.html", context)


def _as_they_stand(level: Level, day) -> dict:
    rows = NameRule.objects.on(day).filter(level=level)
    return {
        "patterns": "\n".join(rows.values_list("pattern", flat=True)),
        "clause": next((row.clause for row in rows), ""),
    }


@allow("channels.rules")
def required(request, code=None):
    """A kind of member that a commune's common group must hold."""
    row = get_object_or_404(RequiredMember, code=code) if code else None
    form = RequiredMemberForm(request.POST or None, initial=form_of(row))

    def act():
        level = row.level if row else Level.objects.get(code="commune")
        about = {"level": level, "required": row, "by": request.user}
        actions.set_required_member(**about, **form.said())

    if done(request, act, form):
        say_done(request, _("Saved."))
        return redirect("channels:rules")
    title = _("Kind of member") if row else _("Add a kind of member")
    context = {"form": form, "title": title, "back": reverse("channels:rules")}
    return render(request, "kit/form_page.html", context)


def form_of(row: RequiredMember | None) -> dict:
    return RequiredMemberForm.of(row) if row else {}
