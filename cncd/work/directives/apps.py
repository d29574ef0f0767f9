from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DirectivesConfig(AppConfig):
    name = "cncd.work.directives"
    label = "directives"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Directives")
