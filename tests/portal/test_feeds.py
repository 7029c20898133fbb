"""Atom feeds: what RFC 4287 wants of them, and what is never in them."""

from datetime import datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from django.utils import timezone

from portal import feeds
from tests.factories import make_monograph, make_published

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
ALL, OF_KETAMINE = "/feeds/editions.atom", "/monographs/ketamine/editions.atom"


def publish_ketamine(**kwargs):
    return make_published(title="Ketamine", slug="ketamine", **kwargs)


def publish_again(monograph, note="Second.", **kwargs):
    monograph.sections.update(body=f"Text for {note}")
    return monograph.publish(by=None, note=note, **kwargs)


def feed(client, address):
    """Return the root of a feed that has everything that RFC 4287 requires."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for part in (root, *entries(root)):
        assert len(part.findall(f"{ATOM}id")) == len(part.findall(f"{ATOM}title")) == 1
        assert ":" in part.find(f"{ATOM}id").text
        (updated,) = part.findall(f"{ATOM}updated")
        assert datetime.fromisoformat(updated.text).tzinfo
    assert root.find(f"{ATOM}author/{ATOM}name").text == "Monograph Portal"
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links["self"] == f"http://testserver{address}"
    assert links["alternate"].startswith("http://testserver/")
    ids = [entry.find(f"{ATOM}id").text for entry in entries(root)]
    assert len(ids) == len(set(ids))
    for entry in entries(root):
        assert entry.find(f"{ATOM}link[@rel='alternate']").get("href").startswith("http://testserver/monographs/")
        assert entry.find(f"{ATOM}summary").get("type") == "html"
    return root


def entries(root):
    return root.findall(f"{ATOM}entry")


def texts(root, name):
    return [entry.find(f"{ATOM}{name}").text for entry in entries(root)]


@pytest.mark.parametrize("address", [ALL, OF_KETAMINE])
def test_a_feed_has_the_editions_newest_first_with_what_changed(client, address):
    monograph = publish_ketamine(note="The <very> first.")
    publish_again(monograph, note="Said it better.")
    root = feed(client, address)
    assert texts(root, "title") == ["Ketamine, edition 2", "Ketamine, edition 1"]
    first, second = reversed(texts(root, "summary"))
    assert first.startswith("<p>The &lt;very&gt; first.</p>")
    assert "http://testserver/monographs/ketamine/editions/2/changes/" in second
    assert root.find(f"{ATOM}updated").text == entries(root)[0].find(f"{ATOM}updated").text


@pytest.mark.parametrize("address", [ALL, OF_KETAMINE])
def test_scheduled_and_cancelled_editions_are_in_no_feed(client, address):
    monograph = publish_ketamine()
    publish_again(monograph, note="Secret plan.", public_from=timezone.now() + timedelta(hours=1))
    assert len(entries(feed(client, address))) == 1
    monograph.latest_edition.withdraw(by=None, reason="Secret reason.")
    assert "Secret" not in client.get(address).content.decode()


@pytest.mark.parametrize("address", [ALL, OF_KETAMINE])
def test_a_withdrawal_comes_first_with_its_reason_alone_under_the_same_id(client, address):
    monograph = publish_ketamine(note="Wrong words.")
    before = feed(client, address)
    make_published(title="Aspirin")
    monograph.edition_in_force.withdraw(by=None, reason="The dose was wrong.")
    after = feed(client, address)
    entry = entries(after)[0]
    assert entry.find(f"{ATOM}id").text == entries(before)[0].find(f"{ATOM}id").text
    assert entry.find(f"{ATOM}title").text == "Ketamine, edition 1: withdrawn"
    assert entry.find(f"{ATOM}summary").text == "<p>The dose was wrong.</p>"
    assert entry.find(f"{ATOM}updated").text > entry.find(f"{ATOM}published").text
    assert "Wrong words" not in client.get(address).content.decode()


def test_ids_stay_when_a_monograph_moves_and_the_old_address_leads_on(client):
    monograph = publish_ketamine()
    before = feed(client, OF_KETAMINE)
    monograph.slug = "esketamine"
    monograph.save()
    assert client.get(OF_KETAMINE)["Location"] == "/monographs/esketamine/editions.atom"
    after = feed(client, "/monographs/esketamine/editions.atom")
    assert before.find(f"{ATOM}id").text == after.find(f"{ATOM}id").text
    assert texts(before, "id") == texts(after, "id")


def test_the_feed_of_a_monograph_has_no_other_ones_editions(client):
    publish_ketamine()
    make_published(title="Aspirin")
    assert texts(feed(client, OF_KETAMINE), "title") == ["Ketamine, edition 1"]


def test_without_editions_there_is_an_empty_feed_of_all_and_none_of_a_monograph(client):
    make_monograph(slug="ketamine")
    assert entries(feed(client, ALL)) == []
    assert client.get(ALL).content == client.get(ALL).content
    assert client.get(OF_KETAMINE).status_code == 404
    assert client.get("/monographs/nothing/editions.atom").status_code == 404


@pytest.mark.parametrize("address", [ALL, OF_KETAMINE])
def test_what_a_reader_has_seen_is_not_sent_again(client, address):
    monograph = publish_ketamine()
    response = client.get(address)
    headers = {"If-None-Match": response["ETag"]}
    assert client.get(address, headers=headers).status_code == 304
    publish_again(monograph)
    assert client.get(address, headers=headers).status_code == 200


def test_characters_that_xml_forbids_do_no_harm(client):
    make_published(title="Ket\x0bamine\ufffe", slug="ketamine", note="One\x01\n\ntwo.")
    root = feed(client, OF_KETAMINE)
    assert texts(root, "title") == ["Ketamine, edition 1"]
    assert texts(root, "summary")[0].startswith("<p>One two.</p>")


@pytest.mark.parametrize("address", [ALL, OF_KETAMINE])
def test_a_feed_is_bounded_in_entries_and_queries(client, address, monkeypatch, django_assert_max_num_queries):
    monkeypatch.setattr(feeds, "MOST", 2)
    monograph = publish_ketamine()
    for number in range(2, 5):
        publish_again(monograph, note=f"Number {number}.").withdraw(by=None, reason=f"Reason {number}.")
    publish_again(monograph, note="The last.")
    with django_assert_max_num_queries(2):
        root = feed(client, address)
    assert texts(root, "title") == ["Ketamine, edition 5", "Ketamine, edition 4: withdrawn"]


def test_pages_lead_to_their_feeds(client):
    publish_ketamine()
    link = '<link rel="alternate" type="application/atom+xml" title="{}" href="{}">'
    page = client.get("/monographs/ketamine/").content.decode()
    assert link.format("New editions at Monograph Portal", ALL) in page
    assert link.format("Editions of Ketamine", OF_KETAMINE) in page
    assert link.format("New editions at Monograph Portal", ALL) in client.get("/").content.decode()
