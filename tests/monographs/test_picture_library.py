"""The library of pictures."""

import html
import re

import pytest
from django.contrib.admin.models import LogEntry as AdminLogEntry
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from monographs.models import Monograph, Picture, PictureUse
from monographs.pictures import store
from tests.factories import make_monograph, make_picture, make_published, make_user
from tests.monographs.uploads import picture_bytes
from tests.races import at_once

pytestmark = pytest.mark.django_db

LIST = "admin:monographs_picture_changelist"
UPLOAD = "admin:monographs_picture_add"


@pytest.fixture
def editor(client):
    user = make_user("monographs.view_monograph", "monographs.change_monograph", "monographs.view_edition")
    client.force_login(user)
    return user


def page_of(response):
    return html.unescape(response.content.decode())


def upload(client, *files):
    sent = [SimpleUploadedFile(name, data, "image/png") for name, data in files]
    return client.post(reverse(UPLOAD), {"pictures": sent}, follow=True)


def delete_address(picture):
    return reverse("admin:monographs_picture_delete", args=[picture.pk])


def test_several_pictures_are_uploaded_at_once_and_each_that_is_refused_is_named(client, editor):
    response = upload(
        client,
        ("one.png", picture_bytes(colour="red")),
        ("two.png", picture_bytes(colour="blue")),
        ("text.png", b"no picture"),
    )

    page = page_of(response)
    assert response.redirect_chain[-1][0] == reverse(LIST)
    assert "2 pictures are in the library." in page
    assert "“text.png”: This file is not a picture that we can read." in page
    assert set(Picture.objects.values_list("uploaded_by", flat=True)) == {editor.pk}
    assert AdminLogEntry.objects.filter(user=editor).count() == 2


def test_one_picture_leads_to_its_page_and_the_same_again_to_the_same(client, editor):
    first = upload(client, ("one.png", picture_bytes()))
    address = Picture.objects.get().get_admin_url()
    assert first.redirect_chain[-1][0] == address
    again = upload(client, ("again.png", picture_bytes()))
    assert again.redirect_chain[-1][0] == address
    assert "“again.png” is in the library already." in page_of(again)


def test_an_upload_without_a_file_says_so(client, editor):
    assert "No picture arrived." in page_of(client.post(reverse(UPLOAD), {}))


def test_what_is_written_about_a_picture_is_kept_and_found(client, editor):
    picture, other = make_picture(), make_picture(alt="A molecule")
    words = {"alt": "The structure of ketamine", "caption": "Figure 1", "credit": "Jane Doe", "licence": "cc-by-4.0"}

    client.post(picture.get_admin_url(), words)

    picture.refresh_from_db()
    assert {name: getattr(picture, name) for name in words} == words
    found = page_of(client.get(reverse(LIST), {"q": "ketamine jane"}))
    assert picture.get_admin_url() in found
    assert other.get_admin_url() not in found


def test_the_list_shows_thumbnails_and_costs_the_same_for_many(client, editor, django_assert_max_num_queries):
    for _number in range(20):
        make_published(body=f"![A square]({make_picture().file.url})")
    with django_assert_max_num_queries(10):
        page = client.get(reverse(LIST)).content.decode()
    assert page.count('<picture class="thumbnail">') == 20


def test_pictures_that_nothing_shows_are_found(client, editor):
    used, unused = make_picture(), make_picture()
    make_published(body=f"![A square]({used.file.url})", lead_picture=used, lead_picture_alt="A square")
    shown = {value: page_of(client.get(reverse(LIST), {"used": value})) for value in ("yes", "no")}
    assert shown["yes"].count(f"{used.get_admin_url()}?") == 1
    assert unused.get_admin_url() not in shown["yes"]
    assert unused.get_admin_url() in shown["no"]
    assert used.get_admin_url() not in shown["no"]


def test_the_page_of_a_picture_names_and_links_all_that_shows_it(client, editor):
    picture = make_picture(alt="A square")
    monograph = make_published(title="Ketamine", body=f"![A square]({picture.file.url})")
    monograph.send_for_sign_off(by=make_user(), recipient="Dr Okafor")

    page = page_of(client.get(picture.get_admin_url()))

    edition = reverse("admin:monographs_edition_change", args=[monograph.latest_edition.pk])
    copy = reverse("admin:monographs_monograph_change", args=[monograph.pk])
    assert f'<a href="{edition}">Ketamine, edition 1</a>' in page
    assert f'<a href="{copy}">Ketamine, working copy</a>' in page
    assert "Ketamine, sent to Dr Okafor for sign-off" in page
    assert f"![A square]({picture.file.url})" in page


def test_a_picture_that_nothing_shows_is_deleted_with_its_files(client, editor, django_capture_on_commit_callbacks):
    picture = make_picture(size=(700, 20))
    names = picture.file_names()
    assert all(map(default_storage.exists, names))

    with django_capture_on_commit_callbacks(execute=True):
        client.post(delete_address(picture), {"post": "yes"})

    assert not Picture.objects.exists()
    assert not any(map(default_storage.exists, names))


@pytest.mark.parametrize("shown", ["edition", "working copy", "lead picture", "sign-off"])
def test_a_picture_that_something_shows_is_not_deleted_and_the_page_says_where(client, editor, shown):
    picture = make_picture()
    text = f"![A square]({picture.file.url})"
    match shown:
        case "edition":
            make_published(body=text)
            PictureUse.objects.filter(edition=None).delete()
        case "working copy":
            monograph = make_monograph(body=text)
            PictureUse.objects.create(picture=picture, monograph=monograph)
        case "lead picture":
            make_published(lead_picture=picture, lead_picture_alt="A square")
        case "sign-off":
            make_monograph(body=text).send_for_sign_off(by=editor, recipient="Dr Okafor")

    for method in (client.get, client.post):
        response = method(delete_address(picture), {"post": "yes"} if method == client.post else {}, follow=True)
        assert "It cannot be deleted, because it is shown in" in page_of(response)
        assert response.redirect_chain[-1][0] == picture.get_admin_url()
    with pytest.raises(Picture.InUse):
        picture.remove()
    assert default_storage.exists(picture.file.name)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_picture_deleted_while_it_is_published_is_either_gone_before_or_kept():
    for number in range(4):
        picture = make_picture(size=(40 + number, 30))
        monograph = make_monograph(body=f"![A square]({picture.file.url})")
        published, removed = at_once(lambda m=monograph: m.publish(by=None, note="First."), picture.remove)

        if isinstance(removed, Exception):
            assert isinstance(removed, Picture.InUse)
            assert published.number == 1
            assert default_storage.exists(picture.file.name)
        else:
            assert isinstance(published, Monograph.CannotPublish)
            assert not default_storage.exists(picture.file.name)


@pytest.mark.django_db(transaction=True)
def test_a_picture_uploaded_again_while_it_is_deleted_has_its_files():
    for number in range(4):
        data = picture_bytes(size=(50 + number, 30))
        picture = store(ContentFile(data), by=None)
        at_once(picture.remove, lambda data=data: store(ContentFile(data), by=None))

        for kept in Picture.objects.all():
            assert all(map(default_storage.exists, kept.file_names()))


def test_the_live_preview_has_the_credit_like_the_published_page(client, editor):
    picture = make_picture(credit="Jane Doe", licence=Picture.Licence.CC_BY_4)
    text = f"![A square]({picture.file.url})"
    monograph = make_published(body=text)

    address = reverse("markdownx_markdownify") + "?section=uses:&references="
    preview = client.post(address, {"content": text}).content.decode()

    assert preview == monograph.edition_in_force.sections[0]["html"]
    assert "Picture: Jane Doe." in preview


def test_a_new_credit_is_a_change_to_be_published_and_the_comparison_shows_it(client, editor):
    picture = make_picture(credit="Jane Doe")
    monograph = make_published(body=f"![A square]({picture.file.url})")

    client.post(picture.get_admin_url(), {"alt": "", "caption": "", "credit": "John Roe", "licence": "cc0-1.0"})

    monograph.refresh_from_db()
    assert monograph.has_changes
    address = reverse("admin:monographs_edition_compare", args=[monograph.latest_edition.pk])
    page = page_of(client.get(address))
    assert "Credits of pictures" in page
    assert "John Roe, CC0 1.0" in re.sub(r"<del>.*?</del>|</?ins>", "", page)


def test_the_dialog_of_the_editor_offers_what_is_searched_a_page_at_a_time(client, editor):
    for number in range(30):
        make_picture(size=(40 + number, 30), alt=f"Square {number}")
    wanted = make_picture(alt="A “molecule”", caption="Figure 1")
    address = reverse("editor_library")

    first = client.get(address).content.decode()
    assert first.count("data-key=") == 24
    assert 'data-next="24"' in first
    assert client.get(address, {"after": "24"}).content.decode().count("data-key=") == 7
    found = client.get(address, {"q": "molecule"}).content.decode()
    assert found.count("data-key=") == 1
    assert html.escape(wanted.markdown) in found
    assert "No picture is described with “xyz”." in client.get(address, {"q": "xyz"}).content.decode()
    assert client.get(address, {"after": "-1", "q": "\0"}).status_code == 200


def test_an_empty_library_says_how_to_fill_it(client, editor):
    assert "The library is empty." in client.get(reverse("editor_library")).content.decode()


def test_a_known_picture_dropped_into_a_text_brings_its_description(client, editor):
    upload(client, ("one.png", picture_bytes()))
    Picture.objects.update(alt="A square [red]")

    answer = client.post(
        reverse("markdownx_upload"), {"image": SimpleUploadedFile("again.png", picture_bytes(), "image/png")}
    )

    assert answer.json()["image_code"].startswith(r"![A square \[red\]](/media/")


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_library_is_for_those_who_write(client, method):
    picture = make_picture()
    admin_pages = [reverse(LIST), reverse(UPLOAD), picture.get_admin_url(), delete_address(picture)]
    for user, status in ((None, 302), (make_user("reviews.moderate_review", "monographs.view_monograph"), 403)):
        if user:
            client.force_login(user)
        for address in admin_pages:
            response = getattr(client, method)(address)
            assert response.status_code == status
            assert status == 403 or "/login/" in response.url
        if method == "get":
            assert client.get(reverse("editor_library")).status_code == 403
    client.force_login(make_user("monographs.change_monograph"))
    for address in admin_pages:
        assert getattr(client, method)(address).status_code in (200, 302)
    if method == "get":
        assert client.get(reverse("editor_library")).status_code == 200
