"""The page after a save names the drafts that are stored now."""

import pytest
from django.urls import reverse

from monographs.models import Monograph, Section
from tests.monographs.conflicts.editors import is_refused

pytestmark = pytest.mark.django_db


DRAFT = "0123456789abcdef" * 2


def redirect_after(editor, **changes):
    return editor.client.post(editor.address, {**editor.form, **changes})


def test_the_page_after_a_save_names_the_drafts_that_are_saved(monograph, ada):
    response = redirect_after(ada, summary="New.", draft=f"{DRAFT} {DRAFT[::-1]}")
    assert response["Location"].endswith(f"/monographs/monograph/#saved-{DRAFT}-{DRAFT[::-1]}")


def test_a_new_monograph_names_its_drafts_too(ada):
    data = {"title": "Esketamine", "slug": "esketamine", "draft": DRAFT}
    response = ada.client.post(reverse("admin:monographs_monograph_add"), data)
    assert response["Location"].endswith(f"/change/#saved-{DRAFT}")


@pytest.mark.parametrize("draft", ["", "nonsense", f"{DRAFT}\r\nX: y", f"{DRAFT}#", "a" * 100_000])
def test_anything_else_in_place_of_drafts_is_left_out(monograph, ada, draft):
    assert "#" not in redirect_after(ada, summary="New.", draft=draft)["Location"]


def test_a_form_that_is_refused_keeps_the_names_of_its_drafts(monograph, ada, bob):
    ada.save(summary="Ada’s summary.")
    bob.save(summary="Bob’s summary.", draft=DRAFT)
    assert bob.form["draft"] == DRAFT
    assert is_refused(bob.page)


def test_a_save_that_meets_a_monograph_that_is_gone_forgets_no_draft(monograph, ada):
    Section.objects.all().delete()
    monograph.facts.all().delete()
    Monograph.objects.all().delete()
    response = redirect_after(ada, summary="New.", draft=DRAFT)
    assert response.status_code == 302
    assert "#" not in response["Location"]
