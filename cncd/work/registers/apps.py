from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistersConfig(AppConfig):
    name = "cncd.work.registers"
    label = "registers"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Registers")
