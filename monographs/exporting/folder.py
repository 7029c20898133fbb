"""A folder of exported monographs: <slug>.md and <slug>.json of each, and their pictures in a folder below."""

from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from monographs.exporting.files import write_whole
from monographs.exporting.json_form import as_json
from monographs.exporting.markdown_form import as_markdown
from monographs.exporting.record import record_of
from monographs.models import Monograph


@dataclass
class Exported:
    """What was written of one monograph: paths below the folder; and what could not be, as sentences."""

    files: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def export_monograph(slug, folder):
    """Write one monograph into a folder that exists; return Exported. Raises OSError where nothing can be written."""
    with transaction.atomic():  # one state, even while somebody saves
        record = record_of(Monograph.objects.select_for_update().get(slug=slug))
    exported = Exported()
    for name in _pictures_of(record):
        _copy_picture(name, folder, exported)
    texts = {f"{slug}.json": as_json(record), f"{slug}.md": as_markdown(record)}
    for name, text in texts.items():
        if text is None:
            exported.problems.append(_("It is too long to be read back from Markdown; only JSON was written."))
        else:
            write_whole(folder / name, text.encode())
            exported.files.append(name)
    return exported


def _pictures_of(record):
    lead = [record["lead_picture"]["file"]] if record["lead_picture"] else []
    return dict.fromkeys([*lead, *(picture["file"] for picture in record["pictures"])])


def _copy_picture(name, folder, exported):
    try:
        with default_storage.open(name) as kept:
            content = kept.read()
    except OSError:
        exported.problems.append(_("The picture %(name)s is lost, so it is not beside the text.") % {"name": name})
        return
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)
    exported.pictures.append(name)
