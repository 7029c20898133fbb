"""What every template knows about the site."""

from django.conf import settings


def site(request):
    """Give templates the site's name and address, and whether reviews are open."""
    return {"site_name": settings.SITE_NAME, "site_url": settings.SITE_URL, "reviews_open": settings.REVIEWS_OPEN}
