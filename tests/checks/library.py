"""A small library with every kind of page and every state of it, for checks that look at finished pages."""

from io import StringIO

from django.core.management import call_command

from monographs.models import Monograph, Section, Topic
from monographs.pictures import store
from portal.paths import BASE_DIR
from tests.factories import make_monograph, make_published, make_user
from tests.factories_reviews import make_approved, make_rejected

DEMO = BASE_DIR / "monographs" / "demo"
SHORT = BASE_DIR / "tests" / "monographs" / "samples" / "ketamine-article.txt"
EVERYTHING = """It blocks NMDA.[@green-2011] [citation needed]

*[NMDA]: N-methyl-D-aspartate

### A part with a heading of its own

1. One **thing** and `code`.
2. Another.

> A quotation.

::: urgent
### Get help at once

Call your emergency number.
:::

::: note
A calm remark with a [link](https://example.org/).
:::

| Form | Given by | How quickly it starts | How long it lasts | What differs | Where |
|---|:-:|--:|---|---|---|
| Solution for injection | vein | 30 seconds | 10 to 20 minutes | for anaesthesia | hospital |

::: chart How often effects were seen in one trial
| Effect | Medicine | Placebo |
|---|--:|--:|
| Nausea | 28.3% | 8.6% |
| Dizziness | 22.9% | 6.3% |
:::
"""
LONG_TITLE = (
    "Pneumonoultramicroscopicsilicovolcanoconiosis-specific hydroxypropylmethylcellulose with dihydroxyacetone "
    "phosphate"
)


def make_library():
    """Fill an empty site; return {kind of page: its address}."""
    call_command("import_monograph", DEMO / "ketamine.md", verbosity=0, stdout=StringIO())
    ketamine = Monograph.objects.get(slug="ketamine")
    ketamine.publish(by=None, note="First edition.")
    ketamine.sections.filter(kind=Section.Kind.USES).update(body="Short text.\n\n" + ketamine.sections.first().body)
    ketamine.publish(by=None, note="A word added.", is_substantive=False)
    _make_states()
    moderator = make_user(username="moderator")
    reviews = [
        make_approved(
            monograph=ketamine, by=moderator, rating=1 + number % 5, title=f"Review {number}", duration="months"
        )
        for number in range(20)
    ]
    short = Monograph.objects.get(slug="short")
    for number in range(10):
        make_approved(monograph=short, by=moderator, title=f"Review {number}")
    mine = make_rejected(monograph=ketamine, by=moderator)
    return {
        "front page": "/",
        "A to Z": "/monographs/",
        "one letter": "/monographs/?letter=K",
        "new": "/monographs/?show=new",
        "changed": "/monographs/?show=changed",
        "monograph": "/monographs/ketamine/",
        "short monograph": "/monographs/short/",
        "everything": "/monographs/everything/",
        "one section": "/monographs/one-section/",
        "forty sections": "/monographs/forty/",
        "withdrawn": "/monographs/withdrawn/",
        "history": "/monographs/ketamine/editions/",
        "earlier edition": "/monographs/ketamine/editions/1/",
        "changes": "/monographs/ketamine/editions/2/changes/",
        "cite": "/monographs/ketamine/editions/2/cite/",
        "correction": "/monographs/ketamine/corrections/new/",
        "correction sent": "/monographs/ketamine/corrections/thanks/",
        "helpful": "/monographs/ketamine/helpful/",
        "reviews": "/monographs/ketamine/reviews/",
        "no reviews": "/monographs/one-section/reviews/",
        "review form": "/monographs/ketamine/reviews/new/",
        "review": f"/reviews/{reviews[0].pk}/",
        "report a review": f"/reviews/{reviews[0].pk}/report/",
        "my review": mine.get_author_url(),
        "topics": "/topics/",
        "topic": "/topics/anaesthetics/",
        "search": "/search/?q=ketamine",
        "found in part": f"/search/?q=nothing+like+{LONG_TITLE.split('-')[0]}",
        "nothing found": "/search/?q=xqzvkw",
        "empty search": "/search/",
        "how reviews are checked": "/reviews/policy/",
        "fairness": "/reviews/fairness/",
        "API": "/api/v1/",
        "missing": "/monographs/nothing/",
    }


def make_everything():
    """Publish a monograph with everything that a text can have, at /monographs/everything/; return it."""
    everything = make_monograph(title=LONG_TITLE, slug="everything", subtitle=LONG_TITLE, body=EVERYTHING)
    everything.references.create(key="green-2011", authors="Green S", year=2011, title="A title", source="A journal")
    everything.topics.add(Topic.objects.get_or_create(name="Anaesthetics", slug="anaesthetics")[0])
    with (DEMO / "nmda-receptor-block.png").open("rb") as file:
        picture = store(file, by=None)
    figure = f'\n![Two panels.]({picture.file.url} "A caption.")\n'
    everything.sections.filter(kind=Section.Kind.MECHANISM).update(body=EVERYTHING + figure)
    everything.publish(by=None, note="First.")
    return everything


def _make_states():
    make_everything()
    call_command("import_monograph", SHORT, title="Short", slug="short", verbosity=0, stdout=StringIO())
    Monograph.objects.get(slug="short").publish(by=None, note="First.")
    one = make_monograph(title="One section", slug="one-section")
    one.sections.exclude(kind=Section.Kind.USES).delete()
    one.publish(by=None, note="First.")
    forty = make_monograph(title="Forty", slug="forty")
    Section.objects.bulk_create(
        Section(monograph=forty, heading=f"Matter {number}", body="Words. " * 40, position=number)
        for number in range(6, 41)
    )
    forty.publish(by=None, note="First.")
    make_published(title="Withdrawn", slug="withdrawn").edition_in_force.withdraw(by=None, reason="A dose was wrong.")
