"""How static files are kept for serving: named by their content, compressed, and what a page needs in one file."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLES = ("css/site.css", "css/monograph.css", "js/monograph.js")
"""Files made of imports. While developing, the browser follows them; collectstatic puts the files in their place."""

IMPORT = re.compile(r'@?import "(?:\./)?(?P<name>[\w-]+\.(?:css|js))"(?: (?P<medium>\w+))?;')
SPACE = re.compile(r"""(?P<string>"[^"]*")|\s*(?P<mark>[{},;>])\s*|(?<=[\w-])(?P<colon>:)\s+|\s+""")
COMMENT = re.compile(r"/\*.*?\*/|^\s*//[^\n]*", re.DOTALL | re.MULTILINE)


class StaticFiles(CompressedManifestStaticFilesStorage):
    """whitenoise's storage, with bundles."""

    def post_process(self, paths, dry_run=False, **options):
        """Write the bundles before anything is hashed."""
        if not dry_run:
            for name in filter(paths.get, BUNDLES):
                bundle = _bundle(name, paths)
                if name.endswith(".css"):
                    bundle = _dense(bundle)
                self.delete(name)
                self._save(name, ContentFile(bundle.encode()))
                paths[name] = (self, name)
        yield from super().post_process(paths, dry_run, **options)


def _bundle(name, paths):
    """Return a file with its imports in their place and without what only its writers read."""
    folder = name.rpartition("/")[0]

    def place(match):
        text = _bundle(f"{folder}/{match['name']}", paths)
        if match["medium"]:
            return f"@media {match['medium']} {{\n{text}\n}}"
        # In braces, what a script declares stays its own.
        return text if match["name"].endswith(".css") else f"{{\n{text}\n}}"

    storage, path = paths[name]
    with storage.open(path) as file:
        text = COMMENT.sub("", file.read().decode())
    return IMPORT.sub(place, re.sub(r"\s*\n\s*", "\n", text).strip())


def _dense(styles):
    """Return styles without the space that only their writers need; what stands in quotation marks stays."""
    return SPACE.sub(lambda match: match["string"] or match["mark"] or match["colon"] or " ", styles).replace(";}", "}")
