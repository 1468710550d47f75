"""Static files in production: named by their content, so that browsers may keep them for ever."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedStaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # whitenoise ships no types
    """Names the modules that a script imports by their content too, so that old and new ones never mix."""

    support_js_module_import_aggregation = True
