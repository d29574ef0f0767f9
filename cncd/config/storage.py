"""Where the served files lie: named by their digest, those that scripts import too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class NamedStaticFiles(CompressedManifestStaticFilesStorage):
    """A file that changes gets another name, so a phone may keep one for ever.

    That holds for a module imported by another only when the import names the digest as well.
    """

    support_js_module_import_aggregation = True
