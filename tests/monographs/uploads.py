"""Files that are uploaded as pictures, and what is kept of them."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image

from monographs.models import Picture
from monographs.pictures import store


def picture_bytes(format_="PNG", size=(40, 30), mode="RGB", colour="teal", **options):
    buffer = io.BytesIO()
    Image.new(mode, size, colour).save(buffer, format_, **options)
    return buffer.getvalue()


def photograph(format_="JPEG", size=(2000, 1000), **options):
    buffer = io.BytesIO()
    noise = Image.effect_noise((200, 100), 80).resize(size)
    Image.merge("RGB", (noise, noise.rotate(180), noise)).save(buffer, format_, **options)
    return buffer.getvalue()


def keep(data):
    return store(ContentFile(data), by=None)


def kept_image(name):
    with default_storage.open(name) as file:
        image = Image.open(io.BytesIO(file.read()))
        image.load()
        return image


def reason_for(data):
    with pytest.raises(ValidationError) as refused:
        keep(data)
    assert Picture.objects.count() == 0
    assert not default_storage.exists("pictures")
    return refused.value
