"""The admin's scripts, each with the sentences that it says, so that these are translated like all others."""

from django.forms.widgets import Script
from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

# Addresses are found when a page is rendered: neither URLs nor collected files are there when this module loads.
_address = lazy(reverse, str)
_file = lazy(static, str)

EDITOR_SCRIPT = Script(
    "js/editor.js",
    **{
        "data-styles-base": _file("css/base.css"),
        "data-styles-article": _file("css/article.css"),
        "data-styles-rare": _file("css/article-rare.css"),
        "data-styles-frame": _file("css/editor-frame.css"),
        "data-show-preview": _("Show the preview"),
        "data-preview": _("Preview"),
        "data-offline": _("The preview could not be fetched. Check your connection; it comes back when you go on."),
        "data-refused": _("The server could not make a preview. Your text is unchanged."),
    },
)

CHECKLIST_SCRIPT = Script(
    "js/checklist.js",
    **{
        "data-address": _address("editor_checklist"),
        "data-changed": _("Checklist: %(summary)s"),
        "data-offline": _("The checklist could not be fetched. It comes back when you go on."),
    },
)

LOGIN_SCRIPT = Script("js/editor-login.js", **{"data-address": _address("editor_login_state")})

PICTURES_SCRIPT = Script(
    "js/editor-pictures.js",
    **{
        "data-add": _("Add a picture"),
        "data-sending": _("Sending the picture…"),
        "data-added": _("The picture is in the text. Write between the brackets what it shows."),
        "data-known": _("The library has this picture already. It is in the text with its description."),
        "data-offline": _("The picture could not be sent. Check your connection and try again."),
        "data-refused": _("The server did not take the picture. Save your text, then try again."),
    },
)

LIBRARY_SCRIPT = Script(
    "js/library.js",
    **{
        "data-address": _address("editor_library"),
        "data-title": _("Picture library"),
        "data-open": _("From the library"),
        "data-search": _("Search the library"),
        "data-close": _("Close"),
        "data-loading": _("Looking…"),
        "data-inserted": _("The picture is in the text."),
        "data-chosen": _("Chosen. Save to keep it."),
        "data-offline": _("The library could not be opened. Check your connection and try again."),
    },
)

REFERENCES_SCRIPT = Script(
    "js/references.js",
    **{
        "data-address": _address("editor_references"),
        "data-label": _("Paste a BibTeX, RIS or CSL-JSON record, or a PubMed citation"),
        "data-read": _("Read it into new rows"),
        "data-reading": _("Reading…"),
        "data-added": _("In new rows below, not saved yet: %(added)s"),
        "data-offline": _("The record could not be read. Check your connection and try again."),
    },
)

ROWS_SCRIPT = Script(
    "js/rows.js",
    **{
        "data-up": _("Move up"),
        "data-down": _("Move down"),
        "data-up-name": _("Move “%(row)s” up"),
        "data-down-name": _("Move “%(row)s” down"),
        "data-drag": _("Drag to another place"),
        "data-moved": _("“%(row)s” is now number %(number)s of %(count)s."),
        "data-nameless": _("row %(number)s"),
    },
)

DRAFTS_SCRIPTS = [
    "js/opened-texts.js",
    "js/drafts-form.js",
    Script(
        "js/drafts-words.js",
        **{
            "data-part": _("%(group)s: %(row)s, %(field)s"),
            "data-added": _("%(group)s: %(row)s (a new row)"),
            "data-order": _("%(group)s: another order"),
        },
    ),
    "js/drafts-store.js",
    Script(
        "js/drafts-offers.js",
        **{
            "data-offer": _("Text that you typed here on %(time)s was not saved."),
            "data-back": _("Put it back"),
            "data-compare": _("Compare"),
            "data-discard": _("Discard"),
            "data-key": _("Underlined: what you typed. Struck through: what the form has in its place now."),
            "data-restored": _("Your text is back in the form. Save to keep it."),
            "data-discarded": _("The text is discarded."),
            "data-undo": _("Take it back"),
        },
    ),
    Script(
        "js/drafts.js",
        **{
            "data-trouble": _(
                "This browser cannot keep what you type until it is saved: its storage is full or switched off. Save "
                "often."
            ),
        },
    ),
]
