from django.urls import path

from cncd.foundation.places import views

app_name = "places"
urlpatterns = [
    path("places/", views.place_list, name="list"),
    path("places/choose/", views.choose, name="choose"),
    path("places/new/", views.new_place, name="new"),
    path("places/hamlets/", views.hamlets_import, name="hamlets"),
    path("places/reorganise/", views.reorganisation_import, name="reorganise"),
    path("places/boundaries/", views.boundaries_upload, name="boundaries"),
    path("places/levels/", views.levels, name="levels"),
    path("places/levels/<slug:code>/", views.level_change, name="change-level"),
    path("places/kinds/new/", views.new_kind, name="new-kind"),
    path("places/kinds/<slug:code>/", views.kind_change, name="change-kind"),
    path("places/settings/", views.settings_everywhere, name="settings-everywhere"),
    path("places/settings/<int:pk>/withdraw/", views.withdraw, name="setting-withdraw"),
    path("places/successions/<int:pk>/undo/", views.succession_undo, name="succession-undo"),
    path("places/<int:pk>/", views.place_page, name="place"),
    path("places/<int:pk>/change/", views.place_change, name="change"),
    path("places/<int:pk>/end/", views.place_end, name="end"),
    path("places/<int:pk>/undo/", views.place_undo, name="undo"),
    path("places/<int:pk>/hamlets/", views.hamlets_import, name="hamlets-under"),
    path("places/<int:pk>/settings/", views.place_settings, name="settings"),
    path("places/<int:pk>/<slug:kind>/", views.succession, name="succession"),
]
