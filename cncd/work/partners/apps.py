from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    name = "cncd.work.partners"
    label = "partners"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Partners")
