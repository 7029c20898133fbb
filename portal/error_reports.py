"""Django's page for developers, which DEBUG shows: even there no secret."""

from django.views.debug import ExceptionReporter

from portal.masking import masked


class Reporter(ExceptionReporter):
    """Django's, with everything masked that the log masks: variables of its frames hold passwords too."""

    def get_traceback_html(self):
        return masked(super().get_traceback_html())

    def get_traceback_text(self):
        return masked(super().get_traceback_text())
