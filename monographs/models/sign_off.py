"""Sign-off: a clinician without an account signs one text, or returns it with comments."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monographs.people import name_of


class SignOffQuerySet(models.QuerySet):
    def signed(self):
        """Signatures that hold."""
        return self.filter(status=self.model.Status.SIGNED)

    def signature_of(self, edition):
        """Return the last signature for exactly the text of an edition, stored or not, or None."""
        found = self.signed().filter(monograph=edition.monograph_id, digest=edition.digest)
        return found.order_by("-answered_at", "-pk").defer("contents").first()

    def waiting(self):
        """Links that a clinician can still answer."""
        return self.filter(status=self.model.Status.SENT, expires_at__gt=timezone.now())


class SignOff(models.Model):
    """One text that was sent to a clinician, with their answer. A signature belongs to exactly this text.

    The link's secret is stored as a hash only: `token` is known to whoever holds the object that was just made.
    """

    class Status(models.TextChoices):
        SENT = "sent", _("sent")
        SIGNED = "signed", _("signed")
        RETURNED = "returned", _("returned with comments")
        REVOKED = "revoked", _("revoked")

    class NotOpen(Exception):
        """The link was answered or revoked, or has expired; `sign_off` says which."""

        def __init__(self, sign_off):
            self.sign_off = sign_off
            super().__init__(str(sign_off.state))

    class AlreadySent(Exception):
        """The same text waits for the answer of the same person; `sign_off` is that one."""

        def __init__(self, sign_off):
            self.sign_off = sign_off
            super().__init__(str(sign_off))

    token = ""

    monograph = models.ForeignKey("monographs.Monograph", models.CASCADE, related_name="sign_offs")
    digest = models.CharField(_("SHA-256 of the text"), max_length=64)
    contents = models.JSONField(_("text"), help_text="As an Edition freezes it, without HTML.")
    recipient = models.CharField(_("sent to"), max_length=120)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("sent by"))
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    token_hash = models.CharField(max_length=64, unique=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.SENT)
    name = models.CharField(_("name"), max_length=120, blank=True)
    credentials = models.CharField(_("credentials"), max_length=200, blank=True)
    declaration = models.TextField(_("what was declared"), blank=True)
    comments = models.JSONField(_("comments"), default=list, help_text="[{anchor, heading, text}]")
    answered_at = models.DateTimeField(_("answered at"), null=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("revoked by")
    )
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    objects = SignOffQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["monograph", "digest"], name="sign_off_of_text"),
            models.Index(fields=["status", "expires_at", "id"], name="sign_off_waiting"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status__in=["signed", "returned"]) | (Q(answered_at__isnull=False) & ~Q(name="")),
                name="sign_off_answered_with_name",
            ),
            models.CheckConstraint(
                condition=~Q(status="signed") | (~Q(credentials="") & ~Q(declaration="")),
                name="sign_off_signed_with_declaration",
            ),
            models.CheckConstraint(
                condition=Q(status="revoked", revoked_at__isnull=False) | (~Q(status="revoked") & Q(revoked_at=None)),
                name="sign_off_revoked_with_time",
            ),
        ]

    def __str__(self):
        return _("%(title)s for %(recipient)s") % {"title": self.contents["title"], "recipient": self.recipient}

    def get_absolute_url(self):
        """Return the secret address, for whoever holds the token."""
        return reverse("sign_off", args=[self.token])

    def sign(self, *, name, credentials, declaration, comments=()):
        """Sign the text. Raises NotOpen."""
        from monographs.signing import sign

        sign(self, name=name, credentials=credentials, declaration=declaration, comments=comments)

    def send_back(self, *, name, comments, credentials=""):
        """Return the text unsigned, with comments. Raises NotOpen."""
        from monographs.signing import send_back

        send_back(self, name=name, credentials=credentials, comments=comments)

    def revoke(self, *, by):
        """Make the link useless or, after it was signed, the signature void. Raises NotOpen."""
        from monographs.signing import revoke

        revoke(self, by=by)

    @property
    def is_open(self):
        """Whether the clinician can still answer."""
        return self.status == self.Status.SENT and timezone.now() < self.expires_at

    @property
    def can_be_revoked(self):
        return self.is_open or self.status == self.Status.SIGNED

    @property
    def state(self):
        """Where it stands, in words."""
        if self.status == self.Status.SENT:
            return _("waiting for an answer") if self.is_open else _("expired without an answer")
        return self.get_status_display()

    @property
    def sender(self):
        """The name of the publisher who sent the link."""
        return name_of(self.sent_by)

    @property
    def revoker(self):
        return name_of(self.revoked_by)

    @property
    def signatory(self):
        """The name and credentials that were given with the answer."""
        return ", ".join(filter(None, [self.name, self.credentials]))
