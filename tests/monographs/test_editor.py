"""The addresses behind the Markdown editor: the preview, the upload of pictures, and who may use them."""

import io

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from monographs.editor import MarkdownEditor
from monographs.models import Picture, Section
from monographs.publishing import contents_of, render_sections
from tests.factories import make_monograph, make_user
from tests.measuring import is_done_within

pytestmark = pytest.mark.django_db

PREVIEW = "/admin/editor/preview/"
UPLOAD = "/admin/editor/pictures/"
LOGIN_STATE = "/admin/editor/login/"
SENTENCES = """\
| a | b |
|---|--:|
| 1 | 2 |

## Part

## Part

Text [@b-2] and [@a-1; @b-2], [@none].

::: note
See.
:::"""


@pytest.fixture
def editor(client):
    user = make_user("monographs.change_monograph")
    client.force_login(user)
    return client


def png(name="any.png", content=None):
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue() if content is None else content, "image/png")


def preview(client, source, *, sections=(), references=""):
    query = {"section": list(sections), "references": references}
    return client.post(PREVIEW, {"content": source}, query_params=query)


def test_the_preview_is_exactly_what_publishing_makes(editor):
    picture = editor.post(UPLOAD, {"image": png()}).json()["image_code"].replace("![]", "![A square]")
    monograph = make_monograph(body="")
    monograph.sections.create(kind="other", heading="What’s new?", body="First.", position=6)
    twin = monograph.sections.create(kind="other", heading="What’s new?", body=f"{SENTENCES}\n\n{picture}", position=7)
    for position, key in enumerate(("a-1", "b-2"), start=1):
        monograph.references.create(key=key, authors="A", year=2000, title="T", source="S", position=position)
    published = render_sections(contents_of(monograph))[0][-1]
    assert published["anchor"] == "whats-new-2"

    sections = [f"{s.kind}:{s.heading}" for s in monograph.sections.all()]
    response = preview(editor, twin.body.replace("\n", "\r\n"), sections=sections, references="a-1\nb-2")
    assert response.content.decode() == published["html"]
    assert "<picture>" in published["html"]


def test_references_that_are_not_cited_may_be_left_blank(editor):
    html = preview(editor, "[@c-3]", references="\n\nc-3").content.decode()
    assert 'href="#ref-c-3"' in html
    assert ">3</a>" in html


def test_a_preview_without_context_or_with_a_made_up_one_is_rendered(editor):
    assert preview(editor, "*Text*").content == b"<p><em>Text</em></p>\n"
    assert preview(editor, "*Text*", sections=["nonsense", ":", "uses"]).content == b"<p><em>Text</em></p>\n"
    assert editor.post(PREVIEW).content == b""


def test_a_text_that_is_too_long_is_answered_with_the_sentence(editor):
    response = preview(editor, "x" * 60_000)
    assert response.status_code == 200
    assert "60000 characters" in response.content.decode()


@pytest.mark.parametrize("source", ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![x](/media/other.png)"])
def test_the_preview_is_as_safe_as_the_page(editor, source):
    html = preview(editor, source).content.decode()
    assert "<script" not in html
    assert "href" not in html
    assert "<img" not in html


def test_hostile_text_does_not_keep_the_preview_busy(editor):
    for source in ("[" * 49_000, "*a " * 16_000, "> " * 24_000, "| " * 19 + "\n" + "|-" * 19 + "\n" + "|\n" * 20_000):
        answers = []
        assert is_done_within(1, lambda source=source, answers=answers: answers.append(preview(editor, source)))
        assert answers[0].status_code == 200


def test_an_uploaded_picture_is_answered_in_the_form_that_markdownx_inserts(editor):
    response = editor.post(UPLOAD, {"image": png()})
    picture = Picture.objects.get()
    assert response.json() == {"image_code": f"![]({picture.file.url})"}
    assert picture.uploaded_by.username.startswith("user")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"no picture", "not a picture that we can read"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG"),
        (b"", "not a picture that we can read"),
    ],
)
def test_a_refused_picture_is_answered_with_the_reason_and_nothing_to_insert(editor, content, reason):
    response = editor.post(UPLOAD, {"image": png(content=content)})
    assert response.status_code == 200
    assert list(response.json()) == ["message"]
    assert reason in response.json()["message"]
    assert Picture.objects.count() == 0


def test_an_upload_without_a_file_says_so(editor):
    assert "No picture arrived" in editor.post(UPLOAD, {"image": "text"}).json()["message"]


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_visitors_are_told_to_log_in_and_nothing_happens(client, address):
    response = client.post(address, {"content": "*Text*", "image": png()})
    assert response.status_code == 403
    assert "log in" in response.content.decode()
    assert "<em>" not in response.content.decode()
    assert Picture.objects.count() == 0


@pytest.mark.parametrize(
    "user",
    [
        {"permissions": [], "is_staff": True},
        {"permissions": ["monographs.view_monograph"], "is_staff": True},
        {"permissions": ["monographs.change_monograph"], "is_staff": False},
    ],
)
@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_people_without_the_permission_are_refused(client, address, user):
    client.force_login(make_user(*user["permissions"], is_staff=user["is_staff"]))
    response = client.post(address, {"content": "*Text*", "image": png()})
    assert response.status_code == 403
    assert "may not change monographs" in response.content.decode()
    assert Picture.objects.count() == 0


@pytest.mark.parametrize("permission", ["monographs.add_monograph", "monographs.change_monograph"])
def test_who_may_add_or_change_monographs_may_use_the_editor(client, permission):
    client.force_login(make_user(permission))
    assert preview(client, "Text").status_code == 200
    assert "image_code" in client.post(UPLOAD, {"image": png()}).json()


@pytest.mark.parametrize("address", [PREVIEW, UPLOAD])
def test_the_addresses_take_posts_with_a_token_only(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("monographs.change_monograph"))
    assert client.get(address).status_code == 405
    assert client.post(address, {"content": "Text", "image": png()}).status_code == 403
    assert Picture.objects.count() == 0


def test_after_logging_in_again_a_form_can_fetch_its_new_token():
    client = Client(enforce_csrf_checks=True)
    assert "log in" in client.get(LOGIN_STATE).json()["message"]
    client.force_login(make_user("monographs.change_monograph"))
    response = client.get(LOGIN_STATE)
    assert "no-store" in response["Cache-Control"]
    token = response.json()["token"]
    assert client.post(PREVIEW, {"content": "Text", "csrfmiddlewaretoken": token}).status_code == 200


def test_the_widget_is_markdownx_with_our_addresses_and_our_scripts_before_its_own():
    html = MarkdownEditor().render("body", "*Text*", {"id": "id_body"})
    assert 'class="markdownx"' in html
    assert f'data-markdownx-urls-path="{reverse("markdownx_markdownify")}"' in html
    assert f'data-markdownx-upload-urls-path="{reverse("markdownx_upload")}"' in html
    assert 'rows="14"' in html
    scripts = [str(script) for script in MarkdownEditor().media._js]
    order = [next(i for i, script in enumerate(scripts) if name in script) for name in ("js/editor.js", "js/markdownx")]
    assert order == sorted(order)


def test_the_widget_adds_nothing_to_what_is_saved():
    form = forms.modelform_factory(Section, fields=["body"], widgets={"body": MarkdownEditor})({"body": "*Text*\r\n"})
    assert form.is_valid()
    assert form.cleaned_data["body"] == "*Text*"
