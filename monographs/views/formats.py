"""Editions for machines: each format at an address of its own, and the schema of the JSON."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from monographs.addresses import absolute
from monographs.for_machines import for_machines
from monographs.formats import FORMATS
from monographs.formats.edition_document import EditionDocument
from monographs.formats.styles import styles_of
from monographs.former_addresses import follow_former_slug
from monographs.kept_format import find_edition, key_of, written
from monographs.problems import problem
from monographs.public_pages import public_page
from monographs.share_picture import share_picture
from monographs.views.editions import REVALIDATE, show_withdrawn


@for_machines
@follow_former_slug
def edition_format(request, slug, ending, number=None):
    """One public edition in one format; without a number, the edition in force."""
    form = FORMATS[ending]
    edition = find_edition(slug, number)
    if edition.withdrawn:
        return _gone(edition)
    response = _answer(request, edition, ending, form.write, form.media_type)
    if response.status_code == HTTPStatus.OK:
        kind = "attachment" if form.is_citation else "inline"
        name = f"{edition.monograph.slug}-edition-{edition.number}.{ending}"
        response.headers["Content-Disposition"] = f'{kind}; filename="{name}"'
        response.headers["Link"] = _links(edition, ending)
    if settings.NOINDEX_UNTIL_SIGNED and not edition.clinical_review.signature:
        response.headers["X-Robots-Tag"] = "noindex"
    return response


@for_machines
@follow_former_slug
def edition_share_picture(request, slug, number):
    """The picture shown beside links to an edition."""
    edition = find_edition(slug, number)
    if edition.withdrawn:
        return _gone(edition)
    return _answer(request, edition, "share.png", share_picture, "image/png")


def _answer(request, edition, name, write, media_type):
    """Return what `write` makes of the edition, or 304 for whoever has it."""
    key = key_of(edition, name)
    tag = quote_etag(key)
    response = get_conditional_response(request, etag=tag)
    if response is None:
        response = HttpResponse(written(edition, write, key), content_type=media_type)
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = REVALIDATE
    return response


def _links(edition, ending):
    """Say where the page for people is, where the newest edition will be in this format, and what describes it."""
    page = edition.monograph.get_absolute_url()
    newest = reverse("monograph_format", args=[edition.monograph.slug, ending])
    links = {"canonical": page, "latest-version": newest}
    if ending == "json":
        links["describedby"] = reverse("edition_schema")
    return ", ".join(f'<{absolute(address)}>; rel="{relation}"' for relation, address in links.items())


def _gone(edition):
    withdrawal = edition.withdrawn
    return problem(
        HTTPStatus.GONE,
        withdrawal.reason,
        edition=str(edition),
        withdrawn_at=withdrawal.at.isoformat(),
        instance=absolute(edition.get_absolute_url()),
    )


@for_machines
@cache_control(public=True, max_age=3600)
def edition_schema(request):
    """The JSON Schema of editions as JSON."""
    address = absolute(reverse("edition_schema"))
    schema = EditionDocument.model_json_schema(by_alias=True, mode="serialization")
    described = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": address, **schema}
    return JsonResponse(described, content_type="application/schema+json", json_dumps_params={"indent": 2})


@require_safe
@public_page
@follow_former_slug
def edition_cite(request, slug, number):
    """How to cite one public edition, in every format, to be copied."""
    edition = find_edition(slug, number)
    if edition.withdrawn:
        return show_withdrawn(request, edition)
    citations = [form for form in FORMATS.values() if form.is_citation]
    context = {
        "edition": edition,
        "styles": styles_of(edition),
        "formats": [(form, form.write(edition)) for form in citations],
    }
    return render(request, "monographs/cite_page.html", context)
