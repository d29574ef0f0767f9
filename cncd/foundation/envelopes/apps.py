from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnvelopesConfig(AppConfig):
    name = "cncd.foundation.envelopes"
    label = "envelopes"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Envelopes")
