"""What the form of a monograph does with its lead picture."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.datastructures import MultiValueDict

from monographs.forms import MonographForm
from monographs.models import Picture
from tests.factories import make_monograph
from tests.monographs.uploads import keep, picture_bytes

pytestmark = pytest.mark.django_db


def form_for(monograph, files=(), **changes):
    data = {
        name: getattr(monograph, name) for name in ("title", "subtitle", "slug", "other_names", "summary")
    } | changes
    return MonographForm(data, MultiValueDict({name: [file] for name, file in files}), instance=monograph)


def upload_of(data):
    return [("lead_picture_upload", SimpleUploadedFile("any.png", data, "image/png"))]


def test_the_form_stores_an_uploaded_lead_picture():
    monograph = make_monograph()
    form = form_for(monograph, upload_of(picture_bytes()), lead_picture_alt="A square")
    assert form.is_valid(), form.errors
    form.save()
    monograph.refresh_from_db()
    assert monograph.lead_picture.width == 40
    assert monograph.lead_picture_alt == "A square"
    assert form.changed_data == ["lead_picture", "lead_picture_alt"]


def test_a_refused_lead_picture_is_an_error_beside_the_field_and_what_was_typed_stays():
    monograph = make_monograph(lead_picture=keep(picture_bytes()))
    form = form_for(
        monograph, upload_of(b"no picture"), summary="Typed with care.", lead_picture=monograph.lead_picture_id
    )
    assert "not a picture that we can read" in form.errors["lead_picture"][0]
    assert "Typed with care." in str(form["summary"])
    assert f'value="{monograph.lead_picture_id}"' in str(form["lead_picture"])


def test_an_uploaded_lead_picture_stays_when_the_form_is_refused_for_another_reason():
    monograph = make_monograph()
    refused = form_for(monograph, upload_of(picture_bytes()), title="")
    assert list(refused.errors) == ["title"]
    picture = Picture.objects.get()
    assert f'name="lead_picture" value="{picture.pk}"' in str(refused["lead_picture"])
    again = form_for(monograph, title="A title", lead_picture=str(picture.pk))
    assert again.is_valid()
    assert again.save().lead_picture == picture


def test_a_lead_picture_stays_until_it_is_removed():
    picture = keep(picture_bytes())
    monograph = make_monograph(lead_picture=picture)
    form = form_for(monograph, lead_picture=str(picture.pk))
    assert form.save().lead_picture == picture
    assert "lead_picture" not in form.changed_data
    assert form_for(monograph).save().lead_picture == picture
    assert form_for(monograph, lead_picture=str(picture.pk), lead_picture_remove="on").save().lead_picture is None


@pytest.mark.parametrize("key", ["999999", "no-number"])
def test_a_made_up_lead_picture_is_an_error(key):
    form = form_for(make_monograph(), lead_picture=key)
    assert "not there any more" in form.errors["lead_picture"][0]


def test_a_picture_chosen_from_the_library_brings_its_words_unless_others_are_typed():
    picture, other = keep(picture_bytes()), keep(picture_bytes(colour="red"))
    Picture.objects.filter(pk=picture.pk).update(alt="A square", caption="Figure one")

    chosen = form_for(make_monograph(), lead_picture=str(picture.pk)).save()
    assert (chosen.lead_picture_alt, chosen.lead_picture_caption) == ("A square", "Figure one")

    written = form_for(make_monograph(), lead_picture=str(picture.pk), lead_picture_alt="My words").save()
    assert written.lead_picture_alt == "My words"

    as_stored = {"lead_picture_alt": "A square", "lead_picture_caption": "Figure one"}
    assert form_for(chosen, lead_picture=str(other.pk), **as_stored).save().lead_picture_alt == ""


def test_words_for_a_picture_that_stays_can_be_taken_away():
    picture = keep(picture_bytes())
    Picture.objects.update(alt="A square")
    monograph = make_monograph(lead_picture=picture, lead_picture_alt="A square")
    assert form_for(monograph, lead_picture=str(picture.pk), lead_picture_alt="").save().lead_picture_alt == ""
