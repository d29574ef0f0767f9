from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PhoneConfig(AppConfig):
    name = "cncd.faces.phone"
    label = "phone"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Phone")
