"""Addresses of the room."""

from django.conf import settings
from django.urls import include, path

from cncd.work.money.models import Budget, Spending
from cncd.work.money.views import closing, listing, recording

app_name = "money"


def _book(model, kind: str) -> list:
    """The pages of budgets, or of spending."""
    given = {"model": model}
    return [
        path("", listing.entries, given, name=f"{kind}s"),
        path("new/", recording.new, given, name=f"new_{kind}"),
        path("import/", recording.imported, given, name=f"import_{kind}"),
        path("<uuid:pk>/", listing.entry, given, name=kind),
        path("<uuid:pk>/edit/", recording.edit, given, name=f"edit_{kind}"),
        path("<uuid:pk>/withdraw/", recording.withdraw, given, name=f"withdraw_{kind}"),
        path("<uuid:pk>/undo/", recording.undo, given, name=f"undo_{kind}"),
        path("<uuid:pk>/restore/", recording.restore, given, name=f"restore_{kind}"),
    ]


pages = [
    path("", listing.listed, name="list"),
    path("years/<int:year>/close/", closing.close, name="close_year"),
    path("years/<int:year>/reopen/", closing.reopen, name="reopen_year"),
    path("results/", include(settings.COST_PAGES)),  # beside the figures, which stand above
    path("budgets/", include(_book(Budget, "budget"))),
    path("spending/", include(_book(Spending, "spending"))),
]
urlpatterns = [path("money/", include(pages))]
