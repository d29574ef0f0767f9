"""Addresses of the room."""

from django.urls import path

from cncd.results.paperwork.views import (
    drawing,
    issuing,
    many,
    public,
    reading,
    templates,
    trusting,
)

app_name = "paperwork"

urlpatterns = [
    path("papers/", reading.listed, name="list"),
    path("papers/new/<slug:kind>/<str:subject>/", drawing.draw, name="draw"),
    path("papers/many/<slug:kind>/", many.draw_many, name="draw_many"),
    path("papers/templates/", templates.listed, name="templates"),
    path("papers/templates/<slug:kind>/", templates.template, name="template"),
    path("papers/templates/<slug:kind>/packaged/", templates.packaged, name="packaged"),
    path("papers/templates/<slug:kind>/end/", templates.end, name="end_template"),
    path("papers/verify/", public.verify, name="verify"),
    path("papers/authorities/", trusting.roots, name="roots"),
    path("papers/authorities/<int:pk>/remove/", trusting.remove, name="remove_root"),
    path("papers/<uuid:pk>/", reading.paper, name="paper"),
    path("papers/<uuid:pk>/word/", reading.word, name="word"),
    path("papers/<uuid:pk>/pdf/", issuing.pdf, name="pdf"),
    path("papers/<uuid:pk>/edit/", drawing.edit, name="edit"),
    path("papers/<uuid:pk>/redraw/", drawing.redraw, name="redraw"),
    path("papers/<uuid:pk>/refresh/", drawing.refresh, name="refresh"),
    path("papers/<uuid:pk>/replace/", drawing.replace, name="replace"),
    path("papers/<uuid:pk>/number/", issuing.number, name="number"),
    path("papers/<uuid:pk>/attach/", issuing.attach, name="attach"),
    path("papers/<uuid:pk>/sign/", issuing.sign, name="sign"),
    path("papers/<uuid:pk>/withdraw/", issuing.withdraw, name="withdraw"),
    path("papers/<uuid:pk>/restore/", issuing.restore, name="restore"),
    path("vb/", public.find, name="find"),
    path("vb/<str:code>/", public.confirm, name="confirm"),
]
