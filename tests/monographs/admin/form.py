"""The form of a monograph as a browser sends it, and the pages that answer."""

from django.urls import reverse

EDITOR = [
    "monographs.view_monograph",
    "monographs.add_monograph",
    "monographs.change_monograph",
    *(f"monographs.{verb}_{part}" for verb in ("view", "add", "change", "delete")
      for part in ("section", "fact", "identifier", "reference")),
]  # fmt: skip
PUBLISHER = [*EDITOR, "monographs.publish_monograph"]


def page_of(monograph, name="change"):
    return reverse(f"admin:monographs_monograph_{name}", args=[monograph.pk])


def fields_of(response):
    """Read the form of a page as a browser would send it back unchanged."""
    form = response.context["adminform"].form
    data = {}
    for bound in [form, *(f for formset in response.context["inline_admin_formsets"] for f in formset.formset.forms)]:
        for field in bound:
            value = field.value()
            if isinstance(value, bool | type(None)):
                if value:
                    data[field.html_name] = "on"
            else:
                data[field.html_name] = value
    for formset in response.context["inline_admin_formsets"]:
        for field in formset.formset.management_form:
            data[field.html_name] = field.value()
    return data


def change(client, monograph, **fields):
    data = {**fields_of(client.get(page_of(monograph))), **fields}
    return client.post(page_of(monograph), data, follow=True)


def messages_of(response):
    return " ".join(str(message) for message in response.context["messages"])
