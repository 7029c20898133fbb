"""The measure to compare cold pages with: a plain Django project that queries the same database and shows as much.

It is what `startproject` makes, with one view as an experienced developer writes it: related rows in the same query,
no query in a loop, templates with a base, and nothing kept. It has no translations to look up, and its connections
stay open as those of the portal do. Its page has the parts of the portal's, and nine tenths of the bytes. Settings,
addresses and WSGI application in one.
"""

import json
from pathlib import Path

from django.core.wsgi import get_wsgi_application
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.utils.safestring import mark_safe

from portal.settings import ALLOWED_HOSTS, DATABASES, LANGUAGE_CODE, SECRET_KEY, SITE_NAME, SITE_URL  # noqa: F401

ROOT_URLCONF = __name__
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "monographs",
    "reviews",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "plain_templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
STATIC_URL = "/static/"
MEDIA_URL = "/media/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REVIEWS_MINIMUM_FOR_AVERAGE = 5
RELATED, REVIEWS = 5, 10


def monograph(request, slug):
    """The page of one medicine: its edition in force, what stands beside it, and the newest reviews."""
    from monographs.models import Edition, Monograph
    from reviews.models import Review

    now = timezone.now()
    public = Edition.objects.filter(public_from__lte=now, withdrawal=None)
    page = get_object_or_404(Monograph.objects.select_related("tally"), slug=slug)
    editions = public.filter(monograph=page)
    edition = editions.select_related("standing__signature").latest("number")
    in_force = public.filter(listing__begins__lte=now, listing__ends__gt=now).exclude(pk=edition.pk)
    in_force = in_force.select_related("monograph").only("title", "monograph__slug")
    alphabet = in_force.order_by("title")
    topics = [topic["slug"] for topic in edition.topics]
    related = in_force.filter(filed_under__slug__in=topics).distinct().order_by("-pk")
    reviews = Review.objects.filter(monograph=page, status="approved").select_related("edition")
    reviews = reviews.prefetch_related("replies").order_by("-submitted_at", "-pk")[:REVIEWS]
    context = {
        "site_name": SITE_NAME,
        "site_url": SITE_URL,
        "monograph": page,
        "edition": edition,
        "edition_count": editions.count(),
        "previous": alphabet.filter(title__lt=edition.title).last(),
        "next": alphabet.filter(title__gt=edition.title).first(),
        "related": related[:RELATED],
        "tally": page.tally,
        "reviews": reviews,
        "linked_data": linked_data(page, edition, page.tally, reviews),
    }
    return render(request, "page.html", context)


def linked_data(page, edition, tally, reviews):
    """Say for search engines what the page is about, in the words of schema.org."""
    address = f"{SITE_URL}{page.get_absolute_url()}"
    data = {
        "@context": "https://schema.org",
        "@type": "MedicalWebPage",
        "url": address,
        "name": edition.title,
        "description": edition.summary,
        "datePublished": edition.public_from.isoformat(),
        "citation": [reference["url"] or reference["title"] for reference in edition.references],
        "mainEntity": {
            "@type": "Drug",
            "name": edition.title,
            "alternateName": edition.other_names,
            "identifier": [
                {"@type": "PropertyValue", "propertyID": each["name"], "value": each["value"], "url": each["url"]}
                for each in edition.identifiers
            ],
            "aggregateRating": {
                "@type": "AggregateRating",
                "ratingValue": tally.average,
                "reviewCount": tally.count,
            },
            "review": [
                {
                    "@type": "Review",
                    "url": f"{SITE_URL}/reviews/{review.pk}/",
                    "name": review.title,
                    "author": {"@type": "Person", "name": review.author_name},
                    "datePublished": review.submitted_at.isoformat(),
                    "reviewRating": {"@type": "Rating", "ratingValue": review.rating},
                }
                for review in reviews
            ],
        },
    }
    return mark_safe(json.dumps(data).replace("<", "\\u003C"))


def elsewhere(request, **kwargs):
    """Where the links of the page lead; nobody measures that."""
    raise NotImplementedError


urlpatterns = [
    path("", elsewhere, name="front_page"),
    path("monographs/", elsewhere, name="monographs"),
    path("topics/", elsewhere, name="topics"),
    path("topics/<slug:slug>/", elsewhere, name="topic"),
    path("search/", elsewhere, name="search"),
    path("monographs/<slug:slug>/", monograph, name="monograph"),
    path("monographs/<slug:slug>/editions/", elsewhere, name="editions"),
    path("monographs/<slug:slug>/editions/<int:number>/", elsewhere, name="edition"),
    path("monographs/<slug:slug>/corrections/new/", elsewhere, name="correction_new"),
    path("monographs/<slug:slug>/reviews/", elsewhere, name="reviews"),
    path("monographs/<slug:slug>/reviews/new/", elsewhere, name="review_new"),
    path("reviews/<int:pk>/", elsewhere, name="review"),
    path("reviews/<int:pk>/helpful/", elsewhere, name="review_helpful"),
    path("reviews/<int:pk>/report/", elsewhere, name="review_report"),
]


def application(environ, start_response):
    """Start Django with the first request; these settings are loaded while it starts."""
    global _django
    _django = _django or get_wsgi_application()
    return _django(environ, start_response)


_django = None
