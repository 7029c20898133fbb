"""Every message of the interface is translated into every language of the site, and every text is a message."""

import re
from collections import Counter
from shutil import copytree

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from portal.checks import check_catalogues
from portal.paths import BASE_DIR
from portal.translations import catalogues, extracting
from portal.translations import places as catalogue_places
from portal.translations.catalogues import is_translated, read
from portal.translations.extracting import Place, key_of, places, templates
from portal.translations.places import ROOMS, SOURCE
from tests.portal.template_texts import unmarked_texts

LANGUAGES = [code for code, _name in settings.LANGUAGES if code != SOURCE]
PLACEHOLDER = re.compile(r"%\((?:\w+)\)[a-z]|%[a-z%]|\{\w*\}|</?\w+[^<>]*>|https?://\S+")
NAMES = {"BibTeX", "RIS", "CSL-JSON", "PubMed", "doi.org/", "ATC", "N01AX03", "Ibuprofen", "Lidocaine"}
"""What is called the same in every language: formats, registers, and the samples of the style guide."""


@pytest.fixture(scope="module")
def found():
    """All messages of code and templates: where each stands, by its key."""
    found = {}
    for place in places():
        found.setdefault(key_of(place.text, place.context), []).append(place)
    return found


def messages(language):
    return {
        key_of(message.id, message.context): message for room in ROOMS for message in read(language, room) if message.id
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated(language, found):
    known = messages(language)
    lacking = [
        f"{standing[0].file}: {key[1]!r} {'is not in the catalogue' if key not in known else 'is not translated'}"
        for key, standing in found.items()
        if key not in known or not is_translated(known[key])
    ]
    assert not lacking, "run manage.py translations --update, then translate:\n" + "\n".join(lacking)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_placeholders_and_the_markup_of_its_message(language):
    differing = []
    for (_context, key), message in messages(language).items():
        if not is_translated(message):
            continue
        sources = message.id if message.pluralizable else (message.id,)
        forms = message.string if message.pluralizable else (message.string,)
        # A singular may do without its number: “one review”.
        allowed = [_placeholders(source) for source in sources]
        if _placeholders(forms[-1]) != allowed[-1] or any(_placeholders(form) not in allowed for form in forms):
            differing.append(f"{key!r}: {forms}")
        if any(_edges(form) != _edges(sources[0]) for form in forms):
            differing.append(f"{key!r}: begins or ends with other space")
    assert not differing, "\n".join(differing)


def _placeholders(text):
    return Counter(PLACEHOLDER.findall(text))


def _edges(text):
    return len(text) - len(text.lstrip()), len(text) - len(text.rstrip())


def test_templates_show_no_text_that_is_not_a_message():
    faults = []
    for path in templates():
        texts = unmarked_texts(path.read_text(encoding="utf-8"), is_html=path.suffix in (".html", ".xml"))
        faults += [f"{path.relative_to(BASE_DIR)}: {text!r}" for text in texts if text not in NAMES]
    assert not faults, "mark these for translation:\n" + "\n".join(faults)


@pytest.mark.parametrize(
    "source",
    [
        "<p>Read this.</p>",
        '<img alt="A picture">',
        '<input type="submit" value="Send">',
        '{% include "x.html" with title="Read this" %}',
        '{{ name|default:"nobody yet" }}',
        '<a href="{% url "x" %}">{{ name }} wrote</a>',
    ],
)
def test_text_that_is_not_marked_is_found(source):
    assert unmarked_texts(source)


@pytest.mark.parametrize(
    "source",
    [
        '{% translate "Read this." %}',
        "{% blocktranslate trimmed %}Read <b>this</b>.{% endblocktranslate %}",
        '<a href="{% url "front_page" %}" class="button main" title="{% translate "Home" %}">{{ name }}</a>',
        '{{ name|default:_("nobody yet") }}{% comment %}Read this.{% endcomment %}',
        "<script>let words = 1</script>",
    ],
)
def test_text_that_is_marked_is_not_found(source):
    assert not unmarked_texts(source)


@pytest.fixture
def copied(tmp_path, monkeypatch):
    """Catalogues of their own, to be written."""
    for room in ROOMS:
        copytree(BASE_DIR / room / "locale", tmp_path / room / "locale")
    monkeypatch.setattr(catalogue_places, "BASE_DIR", tmp_path)


@pytest.fixture
def found_in_code(copied, monkeypatch):
    """What stands in code and templates, to be changed."""
    found = [
        Place("Owl", None, "monographs/owls.py", "monographs"),
        Place(("%d owl", "%d owls"), None, "monographs/owls.py", "monographs"),
        Place("Owl", None, "templates/reviews/owl.html", "reviews"),
        Place("Owl", "a person", "templates/reviews/owl.html", "reviews"),
        Place("Fox", None, "portal/foxes.py", "portal"),
    ]
    monkeypatch.setattr(catalogues, "places", lambda: found)
    return found


def written(room):
    return catalogue_places.path_of("de", room).read_text()


def test_a_message_stands_once_in_the_first_of_its_rooms_with_its_files(found_in_code):
    assert catalogues.update("de") == {"monographs": 2, "reviews": 1, "portal": 1}
    assert '#: monographs/owls.py templates/reviews/owl.html\nmsgid "Owl"' in written("monographs")
    assert 'msgctxt "a person"\nmsgid "Owl"' in written("reviews")
    assert "msgid_plural" in written("monographs")


def test_an_update_keeps_translations_even_where_a_message_moves_to_another_room(found_in_code):
    catalogues.update("de")
    known = read("de", "portal")
    known["Fox"].string = "Fuchs"
    catalogues.write(known, catalogue_places.path_of("de", "portal"))
    found_in_code.insert(0, Place("Fox", None, "reviews/foxes.py", "reviews"))

    assert catalogues.update("de") == {"monographs": 2, "reviews": 1, "portal": 0}
    assert read("de", "reviews")["Fox"].string == "Fuchs"
    assert "Fox" not in written("portal")


def test_an_update_without_new_messages_changes_nothing(found_in_code):
    catalogues.update("de")
    before = [written(room) for room in ROOMS]
    catalogues.update("de")
    assert [written(room) for room in ROOMS] == before


def test_half_a_plural_and_a_doubtful_translation_are_not_compiled(copied):
    catalogue = read("de", "portal")
    catalogue.add(("%d owl", "%d owls"), ("%d Eule", ""))
    catalogue.add("Perhaps", "Zweifelhaft", flags=["fuzzy"])
    catalogue.add("Surely", "Gewisslich")
    catalogues.write(catalogue, catalogue_places.path_of("de", "portal"))
    catalogues.compile_catalogues("de")
    compiled = catalogue_places.path_of("de", "portal").with_suffix(".mo").read_bytes()
    assert b"Gewisslich" in compiled
    assert b"Eule" not in compiled
    assert b"Zweifelhaft" not in compiled


def test_a_compiled_catalogue_is_the_same_on_every_machine_and_day(copied):
    compiled = catalogue_places.path_of("de", "portal").with_suffix(".mo")
    compiled.unlink()
    catalogues.compile_catalogues("de")
    assert b"Date: 2000-01-01" in compiled.read_bytes()
    assert str(timezone.now().year).encode() + b"-" not in compiled.read_bytes()


def test_a_site_in_another_language_is_told_when_its_catalogues_are_not_compiled(copied, settings):
    settings.LANGUAGE_CODE = "de"
    call_command("translations")
    assert check_catalogues(None) == []
    path = catalogue_places.path_of("de", "reviews")
    path.write_bytes(path.read_bytes())
    path.with_suffix(".mo").unlink()
    assert [warning.id for warning in check_catalogues(None)] == ["portal.W005"]
    settings.LANGUAGE_CODE = SOURCE
    assert check_catalogues(None) == []


def test_messages_in_f_strings_and_in_tags_of_templates_are_found(tmp_path):
    code = tmp_path / "code.py"
    code.write_text("say(f\"{_('One')} {ngettext('%d owl', '%d owls', n)} {pgettext('a month', 'May')}\")")
    assert set(extracting.in_code(code)) == {("One", None), (("%d owl", "%d owls"), None), ("May", "a month")}
    template = tmp_path / "template.html"
    template.write_text(
        "  <p {% if x %}a{% endif %}>\n (\n {% translate 'One' context 'two' %}\n{{ x|default:_('Three') }}"
    )
    assert set(extracting.in_template(template)) == {("One", "two"), ("Three", None)}
