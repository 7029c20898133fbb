"""Markdown with front matter: the text as editors write it, which `import_monograph` reads back to the same text."""

from django.utils import timezone

from monographs.addresses import absolute
from monographs.exporting import markdown_form
from monographs.exporting.record import record_in
from monographs.importing.front_matter import FENCE
from monographs.one_line import one_line


def as_markdown(edition):
    """Return the edition as a file, or None for one that is too long to be read back.

    Comments at its head say which edition it is. Pictures keep their addresses on this site.
    """
    text = markdown_form.as_markdown(record_in(edition.contents, slug=edition.monograph.slug))
    if text is None:
        return None
    comments = (
        f"{one_line(edition.title)}, edition {edition.number}",
        f"Public since {timezone.localdate(edition.public_from).isoformat()} at {absolute(edition.get_absolute_url())}",
        f"SHA-256 of the frozen source: {edition.digest}",
    )
    return text.replace(f"{FENCE}\n", "\n".join([FENCE, *(f"# {comment}" for comment in comments), ""]), 1)
