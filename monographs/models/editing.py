"""Who has the form of a working copy open."""

from datetime import timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.models.monograph import Monograph
from monographs.people import name_of

GONE_AFTER = timedelta(seconds=90)
"""An open page reports every 20 seconds, and once a minute where the browser slows down pages that nobody sees."""


class EditingQuerySet(models.QuerySet):
    def record(self, monograph, user):
        """Note that a user has the form open now; whoever was gone in between starts anew."""
        now = timezone.now()
        self.filter(seen_at__lt=now - GONE_AFTER).delete()
        self.update_or_create(
            monograph=monograph,
            user=user,
            defaults={"seen_at": now},
            create_defaults={"seen_at": now, "since": now},
        )

    def others(self, monograph, user):
        """Return the people besides `user` who have the form open, whoever has had it for longest first."""
        present = self.filter(monograph=monograph, seen_at__gte=timezone.now() - GONE_AFTER)
        return present.exclude(user=user).select_related("user")

    record.alters_data = True


class Editing(models.Model):
    """That somebody has the form of a working copy open. Kept while they have, in the database for all workers."""

    monograph = models.ForeignKey(Monograph, models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField(_("since"), default=timezone.now)
    seen_at = models.DateTimeField(_("seen at"), default=timezone.now)

    objects = EditingQuerySet.as_manager()

    class Meta:
        ordering = ["since", "pk"]
        verbose_name = _("open page")
        verbose_name_plural = _("open pages")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["monograph", "user"], name="editing_once_per_user")]

    def __str__(self):
        return name_of(self.user)
