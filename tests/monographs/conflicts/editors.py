"""An editor with the form of a monograph open, and what came back."""

import re

from django.test import Client
from django.urls import reverse

from tests.factories import make_user
from tests.forms import FormReader

EDITOR = [
    f"monographs.{verb}_{model}"
    for verb in ("view", "add", "change", "delete")
    for model in ("monograph", "section", "fact", "identifier", "reference")
]


class Editor:
    """Somebody with the form of a monograph open."""

    def __init__(self, monograph, **kwargs):
        self.user = make_user(*EDITOR, **kwargs)
        self.client = Client()
        self.client.force_login(self.user)
        self.address = reverse("admin:monographs_monograph_change", args=[monograph.pk])
        self.open()

    def open(self):
        self._read(self.client.get(self.address))

    def save(self, **changes):
        """Send the form as it is open, with changes; what comes back is open from then on."""
        self._read(self.client.post(self.address, {**self.form, **changes, "_continue": "1"}, follow=True))
        return self.page

    def _read(self, response):
        assert response.status_code == 200
        self.page = response.content.decode()
        self.form = FormReader(self.page).data

    def row(self, key, group="sections"):
        """Return the beginning of the names of a stored row's fields."""
        [name] = [
            name for name, value in self.form.items() if re.fullmatch(rf"{group}-\d+-id", name) and value == str(key)
        ]
        return name.removesuffix("id")

    def messages(self):
        return " ".join(re.findall(r'<ul class="messagelist">.*?</ul>', self.page, re.S))


def is_refused(page):
    return "Your text is not saved yet." in page


def bodies(monograph):
    return [section.body for section in monograph.sections.all()]


def comparison(page):
    found = re.search(r'<section class="conflict".*?</form>|<section class="conflict".*?<fieldset', page, re.S)
    return found[0] if found else ""
