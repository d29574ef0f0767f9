from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DifficultiesConfig(AppConfig):
    name = "cncd.work.difficulties"
    label = "difficulties"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Difficulties")
