"""What nobody may add, change or delete in the admin."""


class ReadOnly:
    """Moderators may look at it."""

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm("reviews.view_review")

    def has_module_permission(self, request):
        return self.has_view_permission(request)

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
