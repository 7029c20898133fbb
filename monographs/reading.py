"""Which edition a reader has before them while they fill in a form about it."""

from django.http import Http404

from monographs.models import Edition


def edition_read(request, slug):
    """Return the public edition that a form was opened for, or the one in force. Raises Http404 without one."""
    light = Edition.objects.select_related("monograph").defer("references")
    of_page = light.filter(monograph__slug=slug)
    number = request.POST.get("edition", "")
    # While a form is open another edition may come into force: what is sent is about the text that was read.
    if number.isdecimal() and (read := of_page.public().filter(number=int(number[:9]), withdrawal=None).first()):
        return read
    edition = of_page.in_force().first()
    if edition is None:
        raise Http404
    return edition
