"""What every template knows about the site."""

from django.conf import settings


def site(request):
    """Give templates the site's name, address and rules."""
    return {
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
        "reviews_open": settings.REVIEWS_OPEN,
        "noindex_until_signed": settings.NOINDEX_UNTIL_SIGNED,
    }
