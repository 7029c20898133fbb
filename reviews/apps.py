from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self):
        from monographs.page_cache import show_on_page
        from monographs.search import search_also
        from reviews.search.offer import OFFER

        show_on_page("tally")
        search_also(OFFER)
