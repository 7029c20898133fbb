"""Titles for the filters beside a list, where “By” and the name of the field are not English."""


def named(kind, title):
    """Return a class of field filters like `kind`, under this title."""

    class Named(kind):
        def __init__(self, *arguments, **options):
            super().__init__(*arguments, **options)
            self.title = title

    return Named
