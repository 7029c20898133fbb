"""Corrections: what readers report as wrong in a text, and what editors answered."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from monographs.people import name_of


class CorrectionQuerySet(models.QuerySet):
    def open(self):
        """Corrections that nobody has answered, oldest first."""
        return self.filter(status=self.model.Status.OPEN).order_by("sent_at", "pk")

    def forget_networks(self, before):
        """Empty the hashes of the networks that corrections came from before this time; return how many."""
        return self.filter(sent_at__lt=before).exclude(network_hash="").update(network_hash="")

    def forget_addresses(self, before):
        """Empty the e-mail addresses of readers who were answered before this time; return how many."""
        return self.filter(answered_at__lt=before).exclude(email="").update(email="")

    forget_networks.alters_data = forget_addresses.alters_data = True


class Correction(models.Model):
    """One reader's report of an error in one edition. Only verbs change its status, and nothing changes its text."""

    class Status(models.TextChoices):
        OPEN = "open", _("open")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")

    class AlreadyAnswered(Exception):
        """Somebody else answered first; `correction` says who and when."""

        def __init__(self, correction):
            self.correction = correction
            super().__init__(correction.sentence)

    edition = models.ForeignKey(
        "monographs.Edition", models.PROTECT, related_name="corrections", verbose_name=_("edition")
    )
    anchor = models.CharField(
        _("anchor of the section"), max_length=140, blank=True, help_text=_("Empty for the page as a whole.")
    )
    heading = models.CharField(_("section"), max_length=120, blank=True)
    text = models.TextField(_("what is wrong"), max_length=3000)
    email = models.EmailField(_("e-mail address"), blank=True)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)
    form_key = models.UUIDField(_("key of the form"), null=True, unique=True, editable=False)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    answer = models.TextField(_("answer"), max_length=3000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered at"), null=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name = _("correction from a reader")
        verbose_name_plural = _("corrections from readers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="correction_with_text"),
            models.CheckConstraint(
                condition=Q(status="open", answered_at=None, answered_by=None, answer="")
                | (
                    Q(status__in=["accepted", "declined"], answered_at__isnull=False, answered_by__isnull=False)
                    & ~Q(answer="")
                ),
                name="correction_answered_by_whom_and_when",
            ),
        ]
        indexes = [
            models.Index(fields=["status", "sent_at", "id"], name="correction_waiting"),
            models.Index(fields=["answered_at", "sent_at", "id"], name="correction_open_first"),
            models.Index(fields=["network_hash", "sent_at"], name="correction_per_hour"),
            models.Index(fields=["-sent_at", "-id"], name="correction_latest"),
        ]

    def __str__(self):
        return _("%(title)s: %(place)s") % {"title": self.edition.title, "place": self.place}

    def accept(self, *, by, answer):
        """Answer that the text will be mended. Raises AlreadyAnswered, and ValueError without an answer."""
        from monographs.correcting import answer_correction

        answer_correction(self, self.Status.ACCEPTED, by=by, answer=answer)

    def decline(self, *, by, answer):
        """Answer why the text stays as it is. Raises AlreadyAnswered, and ValueError without an answer."""
        from monographs.correcting import answer_correction

        answer_correction(self, self.Status.DECLINED, by=by, answer=answer)

    @property
    def place(self):
        """The section that it is about, or the page as a whole."""
        return self.heading or _("the page as a whole")

    @property
    def is_open(self):
        return self.status == self.Status.OPEN

    @property
    def answerer(self):
        return name_of(self.answered_by)

    @property
    def sentence(self):
        """Who answered and when, for somebody who comes second."""
        words = {
            self.Status.OPEN: _("Nobody has answered yet."),
            self.Status.ACCEPTED: _("%(answerer)s accepted the correction on %(when)s."),
            self.Status.DECLINED: _("%(answerer)s declined the correction on %(when)s."),
        }[self.status]
        if self.is_open:
            return words
        when = date_format(timezone.localtime(self.answered_at), "DATETIME_FORMAT")
        return words % {"answerer": self.answerer, "when": when}
