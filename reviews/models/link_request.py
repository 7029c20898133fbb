"""Who asked for the links to their reviews, as far as it has to be counted."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LinkRequestQuerySet(models.QuerySet):
    def erase_before(self, before):
        """Delete the requests made before this time; return how many."""
        return self.filter(at__lt=before).delete()[0]

    erase_before.alters_data = True


class LinkRequest(models.Model):
    """That somebody asked for the links of an address: kept for a day, so that nobody is flooded with letters."""

    email_hash = models.CharField(_("keyed hash of the e-mail address"), max_length=64)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)
    at = models.DateTimeField(_("asked at"), default=timezone.now)

    objects = LinkRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for links")
        verbose_name_plural = _("requests for links")
        default_permissions = ()
        indexes = [
            models.Index(fields=["email_hash", "at"], name="link_request_of_address"),
            models.Index(fields=["network_hash", "at"], name="link_request_of_network"),
        ]

    def __str__(self):
        return str(self.at)
