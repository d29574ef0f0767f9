from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MoneyConfig(AppConfig):
    name = "cncd.work.money"
    label = "money"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Money")
