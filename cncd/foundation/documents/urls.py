from django.urls import path

from cncd.foundation.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/", views.documents, name="list"),
    path("documents/new/", views.add, name="add"),
    path("documents/<int:pk>/", views.document, name="document"),
    path("documents/<int:pk>/change/", views.change, name="change"),
]
