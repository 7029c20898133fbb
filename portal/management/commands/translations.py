"""manage.py translations: compiles the catalogues, and collects what is to be translated."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.translations.catalogues import compile_catalogues, update
from portal.translations.places import SOURCE


class Command(BaseCommand):
    help = (
        "Compile the catalogues of all languages, so that a site whose LANGUAGE_CODE is one of them speaks it. With "
        "--update, first collect the messages of code and templates into the .po files; translations are kept."
    )

    requires_system_checks = ()  # one of them asks for this command

    def add_arguments(self, parser):
        parser.add_argument("--update", action="store_true", help="for translators: write the .po files again")

    def handle(self, **options):
        try:
            for language in dict(settings.LANGUAGES):
                if language != SOURCE:
                    if options["update"]:
                        self._update(language)
                    compile_catalogues(language)
        except OSError as error:
            raise CommandError(
                f"{error.filename} cannot be written ({error.strerror}). Run this as the owner of the code."
            ) from error
        self.stdout.write("The catalogues are compiled.")

    def _update(self, language):
        for room, lacking in update(language).items():
            self.stdout.write(f"{language}, {room}: {lacking} messages to translate")
