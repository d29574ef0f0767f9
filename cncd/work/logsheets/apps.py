from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LogsheetsConfig(AppConfig):
    name = "cncd.work.logsheets"
    label = "logsheets"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Paper log sheets")
