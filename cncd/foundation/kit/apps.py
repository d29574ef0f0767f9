from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class KitConfig(AppConfig):
    name = "cncd.foundation.kit"
    label = "kit"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = _("Kit")

    def ready(self):
        from cncd.foundation.kit import lookups  # noqa: F401  registers itself
