#!/usr/bin/env python3
"""Runs the portal's commands; `manage.py help` lists them."""

import os
import sys


def main():
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    if sys.argv[1:2] == ["quickstart"]:
        # Settings cannot be read without a secret key, so the first start makes one before Django loads.
        from portal.first_start import write_environment_file

        write_environment_file()

    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"The portal cannot start.\n{error}")
    except DatabaseError as error:
        from monographs.migrated import lacks_migrations
        from portal.faults import is_temporary

        if is_temporary(error):
            sys.exit(f"The database cannot be used at the moment. Run the command again when it can.\n{error}")
        if lacks_migrations():
            sys.exit(f"The database is not ready for this release. Run manage.py migrate first.\n{error}")
        raise


if __name__ == "__main__":
    main()
