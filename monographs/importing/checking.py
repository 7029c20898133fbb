"""Model instances checked before they are stored, with the faults told as problems of the file they come from."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import TextField

from monographs.importing.document import ImportProblem


def check(instance, *, path, where="", line=None, lines=None):
    """Run `full_clean` and the longest lengths of texts. Raises ImportProblem for the first fault.

    `where` names the part of the file; `lines` gives the lines of single fields, and `line` the one of all others.
    """
    faults = _faults_of(instance)
    for name, (message, *_more) in faults.items():
        label = "" if name == NON_FIELD_ERRORS else str(instance._meta.get_field(name).verbose_name)
        place = ", ".join(filter(None, [where, label]))
        raise ImportProblem(path, (lines or {}).get(name, line), f"{place}: {message}")


def _faults_of(instance):
    faults = {}
    try:
        # A command has nobody to name as the one who changed or uploaded it.
        instance.full_clean(exclude=["changed_by", "uploaded_by"])
    except ValidationError as error:
        faults = error.message_dict
    for field in instance._meta.fields:
        # Django leaves this length to forms.
        if isinstance(field, TextField) and field.max_length:
            try:
                MaxLengthValidator(field.max_length)(getattr(instance, field.name))
            except ValidationError as error:
                faults.setdefault(field.name, error.messages)
    return faults
