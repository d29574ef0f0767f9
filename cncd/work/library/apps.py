from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LibraryConfig(AppConfig):
    name = "cncd.work.library"
    label = "library"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Library")
