"""The desk's addresses, and who may come in."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.urls import path

from reviews.admin.desk import acts, pages, several
from reviews.admin.read_only import ReadOnly
from reviews.models import Desk


@admin.register(Desk)
class DeskAdmin(ReadOnly, admin.ModelAdmin):
    """Pages of their own in place of Django's list and form."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perms(["reviews.view_review", "reviews.moderate_review"])

    def get_urls(self):
        return [
            path("", self._guarded(pages.desk), name="reviews_desk"),
            # The name under which Django's index looks for it.
            path("", self._guarded(pages.desk), name="reviews_desk_changelist"),
            path("several/", self._guarded(several.several), name="reviews_desk_several"),
            path("undo/", self._guarded(acts.undo), name="reviews_desk_undo"),
            path("again/", self._guarded(acts.show_skipped_again), name="reviews_desk_again"),
            path("<int:pk>/", self._guarded(pages.one_review), name="reviews_desk_review"),
            path("<int:pk>/approve/", self._guarded(acts.approve), name="reviews_desk_approve"),
            path("<int:pk>/reject/", self._guarded(acts.reject), name="reviews_desk_reject"),
            path("<int:pk>/skip/", self._guarded(acts.skip), name="reviews_desk_skip"),
            path("<int:pk>/take-over/", self._guarded(acts.take_over), name="reviews_desk_take_over"),
            path("<int:pk>/hold/", self._guarded(acts.hold), name="reviews_desk_hold"),
        ]

    def _guarded(self, view):
        def for_moderators(request, **kwargs):
            if not self.has_view_permission(request):
                raise PermissionDenied
            return view(request, admin=self, **kwargs)

        return self.admin_site.admin_view(partial(for_moderators))
