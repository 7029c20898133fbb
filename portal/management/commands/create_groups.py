"""manage.py create_groups"""

from django.core.management.base import BaseCommand

from portal.groups import GROUPS, create_groups


class Command(BaseCommand):
    help = "Create the groups Editors, Publishers, Moderators and Spokespeople where they are missing."

    def handle(self, **options):
        create_groups()
        self.stdout.write(f"Groups: {', '.join(GROUPS)}.")
