from django.test import TestCase

from monographs.models import Topic
from monographs.search import Query, search, suggest
from tests.factories import make_published
from tests.monographs.medicines import make_library

# What is typed, and what has to come first: a title, or a title and the anchor of the section.
FIRST_HITS = """
ketamine -> Ketamine
KETAMINE -> Ketamine
kétamine -> Ketamine
ketamin -> Ketamine
ketalar -> Ketamine
ketamine hydrochloride -> Ketamine
hydrochloride -> Ketamine
6740-88-1 -> Ketamine
6740 88 1 -> Ketamine
esketamine -> Esketamine
esketemine -> Esketamine
s-ketamine -> Esketamine
S ketamine -> Esketamine
spravato -> Esketamine
spravto -> Esketamine
edaravone -> Édaravone
Édaravone -> Édaravone
EDARAVONE -> Édaravone
radicava -> Édaravone
tylenol -> Paracetamol
tylonol -> Paracetamol
acetaminophen -> Paracetamol
acetominophen -> Paracetamol
parasetamol -> Paracetamol
paracetamol tablets -> Paracetamol#forms
acetylsalicylic acid -> Aspirin
salicylic -> Aspirin
asprin -> Aspirin
prozac -> Fluoxetine
prosac -> Fluoxetine
amoxycillin -> Amoxicillin
amoxicilin -> Amoxicillin
ibuprofin -> Ibuprofen
advil -> Ibuprofen
insulin -> Insulin glargine
glargine -> Insulin glargine
insulin injections -> Insulin glargine#forms
lantus pen -> Insulin glargine#forms
lithium -> Lithium carbonate
lithuim -> Lithium carbonate
lithium levels -> Lithium carbonate#effects
zopiclon -> Zopiclone
albuterol -> Salbutamol
MST -> Morphine
554-13-2 -> Lithium carbonate
50-78-2 -> Aspirin
frusemide -> Furosemide
agranulocytosis -> Clozapine#effects
blood counts every week -> Clozapine#effects
blocks adenosine receptor -> Caffeine#mechanism
nmda esketamine -> Esketamine#mechanism
ketamine depression -> Ketamine#research
dissociation spray -> Esketamine
dissociated sprays xyzzy -> Esketamine
bladder -> Ketamine#effects
damaged bladders -> Ketamine#effects
hay fever syrup -> Loratadine
blue vision -> Sildenafil#effects
yellow vision -> Digoxin#effects
proton pump -> Omeprazole#mechanism
what is warfarin used for -> Warfarin#uses
side effects of metformin -> Metformin#effects
metformin vitamin b12 -> Metformin#effects
opioid overdose -> Naloxone#uses
nasal spray overdose -> Naloxone
mouth ulcers -> Methotrexate#effects
bulimia -> Fluoxetine#uses
hypoglyc -> Insulin glargine#effects
tardive dyskinesia -> Haloperidol#effects
thyroid -> Levothyroxine
breast cancer -> Tamoxifen#uses
cyclooxygenase for good -> Aspirin#mechanism
dihydrofolate reductase -> Methotrexate#mechanism
valium wihdrawal -> Diazepam
metallic taste -> Zopiclone#effects
"""


def first_hit(typed):
    found = search(Query.read(typed)).results
    if not found:
        return None
    hit = found[0].hits[0] if found[0].hits else None
    return f"{found[0].edition.title}#{hit.anchor}" if hit else found[0].edition.title


def titles(typed, **options):
    return [result.edition.title for result in search(Query.read(typed), **options).results]


class LibraryTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        make_library()

    def test_the_first_hit_is_the_expected_one(self):
        expected = dict(line.split(" -> ") for line in FIRST_HITS.strip().splitlines())
        assert len(expected) >= 60
        found = {}
        for typed, wanted in expected.items():
            hit = first_hit(typed)
            found[typed] = hit if hit is None or "#" in wanted else hit.partition("#")[0]
        assert found == expected

    def test_what_has_the_words_in_a_name_comes_before_what_has_them_in_the_text(self):
        assert titles("morphine") == ["Morphine", "Codeine"]
        assert titles("insulin")[0] == "Insulin glargine"

    def test_the_same_name_comes_before_longer_ones(self):
        make_published(title="Aspirin and codeine")
        assert titles("aspirin")[:2] == ["Aspirin", "Aspirin and codeine"]
        assert titles("codeine")[:2] == ["Codeine", "Aspirin and codeine"]

    def test_a_snippet_marks_the_words_and_escapes_everything_else(self):
        make_published(title="Testol", body="One & <two> makes blocking\\_blocks &lt;script> of 5 < 6 possible.")
        (result,) = search(Query.read("testol blocked possible")).results
        assert "One &amp; &lt;two&gt; makes <mark>blocking</mark>_<mark>blocks</mark>" in result.hits[0].snippet
        assert "&lt;script&gt; of 5 &lt; 6 <mark>possible</mark>." in result.hits[0].snippet

    def test_a_result_names_the_other_name_that_was_found(self):
        (result,) = search(Query.read("ketalar")).results
        assert result.names == ["<mark>Ketalar</mark>"]
        assert search(Query.read("ketamine")).results[0].names == ["<mark>Ketamine</mark> hydrochloride"]

    def test_a_correction_says_so_and_right_spelling_does_not(self):
        found = search(Query.read("esketemine"))
        assert (found.query.text, found.instead_of) == ("esketamine", "esketemine")
        assert search(Query.read("esketamine")).instead_of == ""

    def test_a_word_that_hardly_occurs_brings_a_suggestion_and_its_own_results(self):
        make_published(title="Zopiclome trial", body="Nothing.")
        make_published(title="Other", body="Compared with fluoxetime.")
        found = search(Query.read("fluoxetime"))
        assert [result.edition.title for result in found.results] == ["Other"]
        assert found.suggestion == "fluoxetine"

    def test_a_word_that_nothing_is_like_brings_close_names_or_nothing(self):
        found = search(Query.read("ketotamil"))
        assert not found.results or found.instead_of
        assert search(Query.read("xqzwvj")).results == []
        assert search(Query.read("xqzwvj")).close_names == []

    def test_a_topic_narrows_what_is_found(self):
        topic = Topic.objects.get(name="Pain medicines")
        everywhere, narrowed = titles("tablets", page=1), search(Query.read("tablets"), topic=topic)
        assert narrowed.results
        assert {result.edition.topics[0]["name"] for result in narrowed.results} == {"Pain medicines"}
        assert narrowed.count < search(Query.read("tablets")).count
        assert len(everywhere) == 10
        assert search(Query.read("ketamine"), topic=topic).results == []

    def test_pages_follow_one_another_without_gap_or_repetition(self):
        first = search(Query.read("tablets"))
        pages = [search(Query.read("tablets"), page=page) for page in range(1, first.page_count + 1)]
        found = [result.edition.title for page in pages for result in page.results]
        assert len(found) == len(set(found)) == first.count > 20
        assert search(Query.read("tablets"), page=99).page == first.page_count

    def test_suggestions_begin_as_typed_and_name_what_they_belong_to(self):
        assert [(each.name, each.edition.title) for each in suggest(Query.read("ket"))] == [
            ("Ketamine", "Ketamine"),
            ("Ketoprofen", "Ketoprofen"),
            ("Ketotifen", "Ketotifen"),
            ("Esketamine", "Esketamine"),  # by its other name S-ketamine
        ]
        assert [(each.name, each.edition.title) for each in suggest(Query.read("VALI"))] == [("Valium", "Diazepam")]
        assert [each.name for each in suggest(Query.read("glarg"))] == ["Insulin glargine"]
        assert [each.name for each in suggest(Query.read("édar"))] == ["Édaravone"]
        assert len(suggest(Query.read("me"))) <= 8
