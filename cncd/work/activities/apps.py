from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ActivitiesConfig(AppConfig):
    name = "cncd.work.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Activities")
