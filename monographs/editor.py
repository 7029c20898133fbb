"""The Markdown editor: django-markdownx's widget, with addresses of our own behind it.

markdownx's own views take uploads from anybody and render with another renderer than the published page.
"""

from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from markdownx.widgets import AdminMarkdownxWidget

from monographs.models import Section
from monographs.pictures import store
from monographs.publishing import credits_in, frozen_sections, render_sections
from monographs.scripts import EDITOR_SCRIPT, LIBRARY_SCRIPT, LOGIN_SCRIPT, PICTURES_SCRIPT


class MarkdownEditor(AdminMarkdownxWidget):
    """markdownx's editor, started by our script when it is first used, with the preview beside the text."""

    class Media:
        extend = False
        css = {"all": ["css/editor.css", "css/library.css"]}
        # Ours come first: they keep markdownx from starting by itself, and see each event before it does.
        js = [EDITOR_SCRIPT, PICTURES_SCRIPT, LIBRARY_SCRIPT, LOGIN_SCRIPT, *AdminMarkdownxWidget.Media.js]

    def __init__(self, attrs=None):
        super().__init__({"rows": 14, **(attrs or {})})

    @staticmethod
    def add_markdownx_attrs(attrs):
        return {
            **AdminMarkdownxWidget.add_markdownx_attrs(attrs),
            "data-markdownx-urls-path": reverse("markdownx_markdownify"),
            "data-markdownx-upload-urls-path": reverse("markdownx_upload"),
            # markdownx leaves editors with this mark alone; our script takes it off.
            "data-markdownx-init": "",
        }


@require_POST
@never_cache
def preview(request):
    """The HTML that publishing would make of `content`, as a fragment.

    The query says where the text stands: `references` are the keys in their order, one a line (a line may be empty
    where the text does not cite the reference); each `section` is "kind:heading" of the sections up to this one.
    """
    if refusal := refusal_for(request.user):
        return HttpResponse(format_html('<p><span class="mistake">{}</span></p>', refusal), status=403)
    sections = [_section(value) for value in request.GET.getlist("section")] or [Section()]
    sections[-1].body = request.POST.get("content", "").strip()
    frozen = frozen_sections(sections)[-1:]
    contents = {
        "sections": frozen,
        "credits": credits_in(frozen),
        "references": [{"key": key} for key in request.GET.get("references", "").split("\n")],
    }
    [section], _problems = render_sections(contents)
    return HttpResponse(section["html"])


def _section(value):
    kind, _colon, heading = value.partition(":")
    return Section(kind=kind if kind in Section.Kind else Section.Kind.OTHER, heading=heading.strip())


@require_POST
@never_cache
def upload(request):
    """Keep the picture `image`; answer the Markdown that shows it, or a message that says why not."""
    if refusal := refusal_for(request.user):
        return JsonResponse({"message": refusal}, status=403)
    if "image" not in request.FILES:
        return JsonResponse({"message": _("No picture arrived. Choose a file and try again.")})
    try:
        picture = store(request.FILES["image"], by=request.user)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages)})
    return JsonResponse({"image_code": picture.markdown})


@require_safe
@never_cache
def login_state(request):
    """The token that forms need since the last login, or a message for somebody who is not logged in any more."""
    if refusal := refusal_for(request.user):
        return JsonResponse({"message": refusal})
    return JsonResponse({"token": get_token(request)})


def refusal_for(user):
    """Return why this user may not use the editor, or None."""
    if not user.is_authenticated:
        return _("You are not logged in any more. Your text is still here: log in in another tab, then go on.")
    may_write = user.has_perm("monographs.change_monograph") or user.has_perm("monographs.add_monograph")
    if not (user.is_staff and may_write):
        return _("You may not change monographs. Copy your text to keep it, and ask an administrator.")
    return None


urlpatterns = [
    path("preview/", preview, name="markdownx_markdownify"),
    path("pictures/", upload, name="markdownx_upload"),
    path("login/", login_state, name="editor_login_state"),
]
