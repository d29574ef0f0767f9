from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PilotsConfig(AppConfig):
    name = "cncd.results.pilots"
    label = "pilots"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Pilots")
