"""Addresses of the programme and its targets."""

from django.urls import path

from .views import (
    adding,
    assigning,
    catalogues,
    checks,
    importing,
    indicators,
    measures,
    periods,
    sheets,
    targets,
)

app_name = "programme"

urlpatterns = [
    path("programme/", indicators.indicators, name="indicators"),
    path("programme/indicators/new/", adding.choose_way, name="choose_way"),
    path("programme/indicators/new/<slug:way>/", adding.add, name="add_indicator"),
    path("programme/indicators/<str:code>/", indicators.card, name="indicator"),
    path("programme/indicators/<str:code>/change/", indicators.change, name="change_indicator"),
    path("programme/indicators/<str:code>/end/", indicators.end, name="end_indicator"),
    path("programme/measures/", measures.measures, name="measures"),
    path("programme/measures/packaged/", measures.packaged, name="packaged_sources"),
    path("programme/measures/<str:code>/source/", measures.switch, name="switch_source"),
    path("programme/sheets/", sheets.sheets, name="sheets"),
    path("programme/sheets/<slug:level>/", sheets.sheet, name="sheet"),
    path("programme/sheets/<slug:level>/change/", sheets.change, name="change_sheet"),
    path("programme/checks/", checks.checks, name="checks"),
    path("programme/checks/new/", checks.add, name="add_check"),
    path("programme/checks/<int:pk>/", checks.change, name="change_check"),
    path("programme/catalogues/<slug:name>/", catalogues.rows, name="catalogue"),
    path("programme/catalogues/<slug:name>/new/", catalogues.add, name="add_row"),
    path("programme/catalogues/<slug:name>/<int:pk>/", catalogues.change, name="change_row"),
    path("programme/catalogues/<slug:name>/<int:pk>/end/", catalogues.end, name="end_row"),
    path("programme/periods/", periods.periods, name="periods"),
    path("programme/periods/open/", periods.open_next, name="open_period"),
    path("programme/periods/rules/", periods.due_rules, name="due_rules"),
    path("programme/periods/rules/<slug:level>/", periods.change_rule, name="change_rule"),
    path("programme/periods/scheme/<slug:code>/", periods.use_scheme, name="use_scheme"),
    path("programme/periods/<int:pk>/", periods.period, name="period"),
    path("programme/periods/<int:pk>/<slug:level>/", periods.move_due, name="move_due"),
    path("targets/", targets.targets, name="targets"),
    path("targets/assign/", assigning.choose, name="choose_target"),
    path("targets/assign/<str:code>/", assigning.by_indicator, name="assign"),
    path("targets/of-place/<int:pk>/", assigning.of_place, name="assign_place"),
    path("targets/of-team/<int:pk>/", assigning.of_team, name="assign_team"),
    path("targets/import/", importing.import_targets, name="import_targets"),
    path("targets/<int:pk>/", targets.target, name="target"),
    path("targets/<int:pk>/end/", targets.end, name="end_target"),
]
