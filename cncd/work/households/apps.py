from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HouseholdsConfig(AppConfig):
    name = "cncd.work.households"
    label = "households"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Household lists")
