"""The style guide: each component of the public pages in each of its states, made by the code that makes the pages."""

from datetime import UTC, datetime

from django import forms
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from monographs.models import Edition
from monographs.rendering import render as render_markdown
from monographs.timeline import timeline
from reviews.models import Review

# In the style sheet's own order: base.css gives each its value, light and dark.
COLOURS = "paper card wash mark ink soft line edge brand brand-deep on-brand star warn warn-wash".split()

TEXT = """A paragraph cites a source[@one] and two others.[@one; @two] Something lacks its source.[citation needed]
NMDA is explained. There is *emphasis*, **strength**, `code` and a [link](https://example.org/).

### A heading in a section

- An item of a list
- Another

1. A step
2. Another

#### A heading below it

> A quotation.

::: urgent
### Get help at once

A box for what cannot wait.
:::

::: note
### Good to know

A box for what helps.
:::

| Form | Given by | How quickly it starts to work | How long it lasts | What is different about it | Where |
|---|:-:|--:|---|---|---|
| Solution | vein | 30 seconds | 10 to 20 minutes | for anaesthesia | hospital |
| Spray | nose | some minutes | an hour | under supervision | clinic |

::: chart A chart is a table with a bar beside each number
| Effect | Medicine | Placebo |
|---|--:|--:|
| Nausea | 28.3% | 8.6% |
| Dizziness | 22.9% | 6.3% |

What stands below the table is a note on it.
:::
"""


class ExampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=_("A field"), help_text=_("With a hint."))
    required = forms.CharField(
        label=_("A field with an error"), error_messages={"required": _("Write something here.")}
    )
    text = forms.CharField(label=_("A longer text"), widget=forms.Textarea(attrs={"rows": 4}))
    choice = forms.ChoiceField(label=_("A choice"), choices=[("a", _("One thing")), ("b", _("Another"))])


@require_safe
def styleguide(request):
    """Show the style guide; the address lets staff in."""
    form = ExampleForm({"name": "Typed", "text": "Typed", "choice": "a"})
    form.full_clean()
    article = render_markdown(
        TEXT, anchor="example", citations=["one", "two"], abbreviations={"NMDA": "N-methyl-D-aspartate"}
    )
    section = {"anchor": "example", "heading": "A section of a text", "html": article.html}
    context = {
        "colours": COLOURS,
        "edition": {"sections": [section], "references": _references(), "title": "Ketamine"},
        "line": timeline(_editions(), until=timezone.now()),
        "form": form,
        "review": _review(),
        "letters": ["A", "B", "K"],
        "is_preview": True,
    }
    return render(request, "portal/styleguide.html", context)


def _references():
    common = {"authors": "Author A, Author B", "year": 2020, "source": "A journal. 12(3):45-67", "url": ""}
    return [
        {**common, "key": "one", "title": "A paper", "doi": "10.1000/182", "pmid": "1", "checked_on": "2026-11-23"},
        {**common, "key": "two", "title": "Another", "doi": "", "pmid": "", "checked_on": None},
    ]


def _editions():
    return [
        Edition(number=3, public_from=datetime(2026, 5, 1, tzinfo=UTC), is_substantive=True),
        Edition(number=2, public_from=datetime(2025, 9, 1, tzinfo=UTC), is_substantive=False),
        Edition(number=1, public_from=datetime(2024, 2, 1, tzinfo=UTC), is_substantive=True),
    ]


def _review():
    review = Review(
        pk=0, rating=4, title="A review", body="What somebody wrote.\n\nIn two paragraphs.", author_name="Ada",
        perspective=Review.Perspective.OWN, reason_for_use="depression", submitted_at=datetime(2026, 5, 1, tzinfo=UTC),
    )  # fmt: skip
    review.monograph_slug, review.edition_number, review.is_outdated = "ketamine", 1, True
    review.standing_replies = []
    return review
