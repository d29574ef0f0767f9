"""Saved views: addresses a person keeps under a name."""

from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cncd.faces.desk import actions
from cncd.faces.desk.forms import SaveViewForm, ViewNameForm
from cncd.foundation.kit.messages import say_done
from cncd.foundation.people.access import allow


@allow("desk.open")
def saved_views(request):
    """My saved views, and a form to keep the page one comes from."""
    form = SaveViewForm(request.POST or None, initial={"address": request.GET.get("next", "")})
    if request.method == "POST" and form.is_valid():
        try:
            view = actions.save_view(**form.cleaned_data, by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            say_done(request, _("The view “%(name)s” is saved.") % {"name": view.name})
            return redirect(view.address)
    views = request.user.saved_views.all()
    return render(request, "desk/saved_views.html", {"form": form, "views": views})


@allow("desk.open")
def rename(request, pk):
    """Another name for one of my views."""
    view = get_object_or_404(request.user.saved_views, pk=pk)
    form = ViewNameForm(request.POST or None, initial={"name": view.name})
    if request.method == "POST" and form.is_valid():
        try:
            actions.rename_view(view=view, name=form.cleaned_data["name"], by=request.user)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("desk:saved_views")
    context = {"title": _("Rename a saved view"), "form": form, "back": "/desk/views/"}
    return render(request, "kit/form_page.html", context)


@allow("desk.open")
@require_POST
def delete(request, pk):
    """One of my views less."""
    view = get_object_or_404(request.user.saved_views, pk=pk)
    actions.delete_view(view=view, by=request.user)
    say_done(request, _("The view “%(name)s” is deleted.") % {"name": view.name})
    return redirect("desk:saved_views")
