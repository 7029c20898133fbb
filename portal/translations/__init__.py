"""Catalogues of translations: collected from code and templates, kept as .po files, compiled for gettext."""
