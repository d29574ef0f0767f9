from django.urls import path

from cncd.foundation.files import views

app_name = "files"
urlpatterns = [path("files/<uuid:pk>/", views.open_file, name="open")]
