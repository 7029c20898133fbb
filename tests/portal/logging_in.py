"""What somebody does who logs in."""

from datetime import timedelta

from django.utils import timezone
from django_otp.oath import totp

from portal.models import Phone

LOGIN = "/admin/login/"


def make_device(user):
    phone = Phone.objects.give(user)
    phone.confirmed = True
    phone.save()
    return phone


def code_of(device):
    """Return the code that the person's phone shows now."""
    return f"{totp(device.bin_key):06d}"


def send_password(client, user, typed="pass", **extra):
    return client.post(LOGIN, {"username": user.get_username(), "password": typed, "next": "/admin/"}, **extra)


def is_in(client):
    return client.get("/admin/").status_code == 200


def wait(device, **time):
    """Let time pass for a device that counted wrong codes or took one."""
    ago = timezone.now() - timedelta(**time)
    Phone.objects.filter(pk=device.pk).update(throttling_failure_timestamp=ago, last_t=-1)
