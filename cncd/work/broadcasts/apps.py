from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BroadcastsConfig(AppConfig):
    name = "cncd.work.broadcasts"
    label = "broadcasts"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Broadcasts")
