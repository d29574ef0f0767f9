from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PaperworkConfig(AppConfig):
    name = "cncd.results.paperwork"
    label = "paperwork"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Papers")
