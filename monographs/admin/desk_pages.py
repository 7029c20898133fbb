"""Where the pages of requests, sign-off and review stand in the admin."""

from django.urls import path

from monographs.admin.requests import request_page, return_page
from monographs.admin.review_due import review_due_page
from monographs.admin.sign_off import sign_off_page

PAGES = {
    "request": ("request/", request_page),
    "return": ("request/return/", return_page),
    "sign_off": ("sign-off/", sign_off_page),
    "review_due": ("review-due/", review_due_page),
}


class DeskPagesMixin:
    """Gives the admin of monographs the pages on which people ask, return, send for sign-off and record reviews."""

    def get_urls(self):
        def wrap(view):
            return self.admin_site.admin_view(lambda request, object_id: view(request, self, object_id))

        pages = [
            path(f"<path:object_id>/{address}", wrap(view), name=f"monographs_monograph_{name}")
            for name, (address, view) in PAGES.items()
        ]
        return [*pages, *super().get_urls()]
