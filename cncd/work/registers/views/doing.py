"""Small pages that ask one thing and do it: a step, an end, a reason."""

from django.shortcuts import redirect, render

from cncd.foundation.kit.messages import say_done
from cncd.work.registers.entering import done


def step(request, form, run, *, title, back, said, undo="", **page):
    """The page of one step: asks with the form, calls `run(cleaned_data)`, tells it was done.

    Goes `back` to an address; `undo` is one that takes it back, or a function of the result.
    """
    if request.method == "POST" and form.is_valid():
        result = done(form, lambda: run(form.cleaned_data))
        if result is not None:
            say_done(request, said, undo=undo(result) if callable(undo) else undo)
            return redirect(back)
    context = {"form": form, "title": title, "back": back, **page}
    return render(request, "registers/step.html", context)
