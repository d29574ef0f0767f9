from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TotalsConfig(AppConfig):
    name = "cncd.results.totals"
    label = "totals"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Totals")
