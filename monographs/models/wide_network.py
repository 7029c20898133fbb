"""What came from wide networks, as far as it has to be counted."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class WideNetworkActQuerySet(models.QuerySet):
    """Queries of acts. They are no more than a hash and a time, so that forgetting the network is deleting the act."""

    def forget_networks(self, before):
        """Delete the acts of before this time; return how many."""
        return self.filter(at__lt=before).delete()[0]

    forget_networks.alters_data = True


class WideNetworkAct(models.Model):
    """That somebody in an IPv6 /48 sent something: a /48 has 65,536 of the /64 networks that are counted one by one."""

    network_hash = models.CharField(_("keyed hash of the network, for one purpose"), max_length=64)
    at = models.DateTimeField(_("sent at"), default=timezone.now)

    objects = WideNetworkActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act of a wide network")
        verbose_name_plural = _("acts of wide networks")
        default_permissions = ()
        indexes = [
            models.Index(fields=["network_hash", "at"], name="wide_network_act"),
            models.Index(fields=["at"], name="wide_network_act_by_age"),
        ]

    def __str__(self):
        return str(self.at)
