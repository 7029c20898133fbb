"""A work to be cited."""


def reference(**values):
    return {
        "key": "zarate2006",
        "authors": "Zarate CA Jr, Singh JB",
        "year": 2006,
        "title": "A randomized trial",
        "source": "Arch Gen Psychiatry, 63(8):856-864",
        "doi": "",
        "pmid": "",
        "url": "",
        "checked_on": None,
        **values,
    }
