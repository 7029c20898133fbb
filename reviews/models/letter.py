"""Letters that are to be sent: stored with what they tell, sent after it, tried again when that fails."""

from datetime import timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.models.decision import Decision
from reviews.models.flag import Flag
from reviews.models.review import Review

TAKEN_FOR = timedelta(minutes=5)
"""Whoever takes a letter to send it has this long; afterwards it is taken to have failed, and another may try."""

MOST_ATTEMPTS = 10


class LetterQuerySet(models.QuerySet):
    def post(self, kind, review, *, decision=None, flag=None, wait=timedelta(0)):
        """Write a letter about what happens in this transaction, if there is an address to send it to.

        It is sent after the transaction, but not before the decision that it tells of is final, or `wait` is over.
        """
        from reviews import mail

        if not (flag or review).email:
            return
        due_at = decision.final_at if decision else timezone.now() + wait
        letter = self.create(kind=kind, review=review, decision=decision, flag=flag, due_at=due_at)
        # What the letter tells of has happened, so nothing that goes wrong here may look like a failure of that.
        transaction.on_commit(lambda: mail.deliver_when_due(letter), robust=True)

    def post_outcome(self, decision):
        """Write to everybody whom a decision concerns: the author, and the readers whose flags it closed."""
        is_about_flags_alone = decision.cause == Decision.Cause.FLAGS and decision.verdict == Decision.Verdict.APPROVED
        if not is_about_flags_alone:
            self.post(Letter.Kind.DECISION, decision.review, decision=decision)
        for flag in decision.flags.exclude(email=""):
            self.post(Letter.Kind.FLAG_CLOSED, decision.review, decision=decision, flag=flag)

    def due(self, now=None):
        """Letters that nobody has sent, whose time has come, and that nobody is sending now."""
        now = now or timezone.now()
        free = Q(taken_at=None) | Q(taken_at__lt=now - TAKEN_FOR)
        return self.filter(free, sent_at=None, due_at__lte=now, attempts__lt=MOST_ATTEMPTS)

    def take(self, letter, now):
        """Take a letter in order to send it; return whether nobody else did."""
        due = self.due(now).filter(pk=letter.pk)
        return bool(due.update(taken_at=timezone.now(), attempts=models.F("attempts") + 1))

    def erase_before(self, before):
        """Delete the letters that were due before this time, sent or not; return how many."""
        return self.filter(due_at__lt=before).delete()[0]

    erase_before.alters_data = post.alters_data = post_outcome.alters_data = take.alters_data = True


class Letter(models.Model):
    """One letter to an author or to a reader who reported a review. The address stays where it was given."""

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("a review was received")
        EDITED = "edited", _("a new wording was received")
        APPEALED = "appealed", _("an appeal was received")
        DECISION = "decision", _("a decision")
        LINKS = "links", _("the links to one's own reviews")
        FLAG_RECEIVED = "flag_received", _("a report was received")
        FLAG_CLOSED = "flag_closed", _("what came of a report")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    review = models.ForeignKey(Review, models.CASCADE, related_name="letters", verbose_name=_("review"))
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name=_("decision")
    )
    flag = models.ForeignKey(
        Flag, models.CASCADE, null=True, blank=True, related_name="letters", verbose_name=_("flag")
    )
    due_at = models.DateTimeField(_("due at"))
    taken_at = models.DateTimeField(_("taken at"), null=True)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    fault = models.CharField(_("fault"), max_length=100, blank=True, help_text=_("The kind of the last error."))

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "pk"]
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        default_permissions = ("view",)
        indexes = [models.Index(fields=["due_at"], condition=Q(sent_at=None), name="letter_due")]

    def __str__(self):
        return str(self.get_kind_display())

    @property
    def address(self):
        """The address that it goes to, or "" when that was erased."""
        return (self.flag or self.review).email
