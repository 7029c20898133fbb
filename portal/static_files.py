"""How static files are kept for serving: named by their content, compressed, and each page's styles in one file."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css", "css/monograph.css")
"""Style sheets made of imports. While developing, the browser follows them; collectstatic puts them in their place."""

IMPORT = re.compile(r'@import "(?P<name>[\w-]+\.css)"(?: (?P<medium>\w+))?;')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """whitenoise's storage, with bundled style sheets."""

    def post_process(self, paths, dry_run=False, **options):
        """Write the bundles before anything is hashed."""
        if not dry_run:
            for name in filter(paths.get, BUNDLES):
                bundle = _bundle(name, paths)
                self.delete(name)
                self._save(name, ContentFile(bundle.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def _bundle(name, paths):
    """Return a style sheet with its imports in their place and without what only its writers read."""
    folder = name.rpartition("/")[0]

    def place(match):
        text = _bundle(f"{folder}/{match['name']}", paths)
        return f"@media {match['medium']} {{\n{text}\n}}" if match["medium"] else text

    storage, path = paths[name]
    with storage.open(path) as file:
        text = COMMENT.sub("", file.read().decode())
    return IMPORT.sub(place, re.sub(r"\s*\n\s*", "\n", text).strip())
