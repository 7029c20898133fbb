"""What the portal keeps about its staff's logins: who, when and with what result, and their recovery codes."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_otp.models import DeviceManager
from django_otp.plugins.otp_totp.models import TOTPDevice

from portal.login.sealing import is_to_be_sealed_again, seal, unseal


class LoginQuerySet(models.QuerySet):
    """Queries of attempts to log in."""

    def is_locked(self, *, name_hash, network_hash):
        """Whether this network has failed too often within LOGIN_LOCKOUT_MINUTES: with this name, or with any.

        Counting by name alone would let anybody lock anybody out.
        """
        since = timezone.now() - timedelta(minutes=settings.LOGIN_LOCKOUT_MINUTES)
        recent = self.filter(network_hash=network_hash, at__gt=since)
        failures = recent.filter(result__in=Login.FAILURES)
        with_name = recent.filter(name_hash=name_hash)
        success = with_name.filter(result__in=Login.SUCCESSES).order_by("-at").first()
        with_name = with_name.filter(result__in=Login.FAILURES, at__gt=success.at if success else since)
        most = settings.LOGIN_ATTEMPTS
        return with_name.count() >= most or failures.count() >= most * Login.NETWORK_ALLOWANCE

    def forget_networks(self, before):
        """Empty the hashes of attempts before this time; return how many. Failures of unknown names go altogether."""
        old = self.filter(at__lt=before)
        erased = old.filter(user=None).delete()[0]
        return erased + old.exclude(name_hash="", network_hash="").update(name_hash="", network_hash="")


class Login(models.Model):
    """One attempt to log in. The name that was typed and the network are kept as keyed hashes only, and for a time."""

    class Result(models.TextChoices):
        ENTERED = "entered", _("logged in")
        RECOVERED = "recovered", _("logged in with a recovery code")
        WRONG_PASSWORD = "wrong_password", _("wrong name or password")
        WRONG_CODE = "wrong_code", _("wrong code")
        LOCKED = "locked", _("locked out")

    SUCCESSES = (Result.ENTERED, Result.RECOVERED)
    FAILURES = (Result.WRONG_PASSWORD, Result.WRONG_CODE)
    NETWORK_ALLOWANCE = 6
    """How many times LOGIN_ATTEMPTS a network may fail in all: an office shares one address."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("who")
    )
    result = models.CharField(_("result"), max_length=20, choices=Result)
    at = models.DateTimeField(_("when"), default=timezone.now)
    name_hash = models.CharField(_("keyed hash of the name"), max_length=64, blank=True)
    network_hash = models.CharField(_("keyed hash of the network"), max_length=64, blank=True)

    objects = LoginQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name = _("login")
        verbose_name_plural = _("logins")
        default_permissions = ("view",)
        indexes = [
            models.Index(fields=["network_hash", "at"], name="login_by_network"),
            models.Index(fields=["-at", "-id"], name="login_latest_first"),
        ]

    def __str__(self):
        return self.get_result_display()


class RecoveryCode(models.Model):
    """A code that lets its owner in once without their phone; only its hash is stored."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    code_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("recovery code")
        verbose_name_plural = _("recovery codes")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["user", "code_hash"], name="recovery_code_once"),
            models.CheckConstraint(condition=~Q(code_hash=""), name="recovery_code_hashed"),
        ]

    def __str__(self):
        return str(self.made_at)


class PhoneManager(DeviceManager):
    """django-otp's, for phones whose secrets are encrypted."""

    def give(self, user):
        """Make a phone that `user` has yet to confirm, with a new secret."""
        return self.create(user=user, confirmed=False, name="TOTP", key=seal(secrets.token_bytes(20)))

    @transaction.atomic
    def seal_again(self):
        """Encrypt with the key in force what was not; return how many."""
        phones = [phone for phone in self.select_for_update() if is_to_be_sealed_again(phone.key)]
        for phone in phones:
            phone.key = seal(phone.bin_key)
            phone.save(update_fields=["key"])
        return len(phones)


class Phone(TOTPDevice):
    """A person's phone, or whatever else makes codes for them; `key` is encrypted (see portal.login.sealing)."""

    objects = PhoneManager()

    class Meta:
        proxy = True
        default_permissions = ()

    @property
    def bin_key(self):
        """The secret itself."""
        return unseal(self.key)
