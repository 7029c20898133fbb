"""What is derived from a working copy follows every act that changes it or the latest edition."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from monographs.importing import apply_document, read_documents
from monographs.models import Edition, Monograph, Picture, PictureUse, Topic
from monographs.publishing import take_stock
from tests.factories import make_monograph, make_picture, make_published, make_user

pytestmark = pytest.mark.django_db


def has_changes(monograph):
    monograph.refresh_from_db()
    assert monograph.has_changes == monograph.has_unpublished_changes
    return monograph.has_changes


def save(client, monograph, **changes):
    """Save the form as a browser sends it, with some values changed."""
    client.force_login(make_user(is_superuser=True))
    address = reverse("admin:monographs_monograph_change", args=[monograph.pk])
    context = client.get(address).context_data
    data = {}
    for form in [context["adminform"].form, *(f.formset.management_form for f in context["inline_admin_formsets"])]:
        data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    for part in context["inline_admin_formsets"]:
        for form in part.formset.forms:
            data |= {form.add_prefix(name): form[name].value() for name in form.fields}
    data["lead_picture"] = monograph.lead_picture_id
    data = {name: getattr(value, "pk", value) for name, value in {**data, **changes}.items()}
    response = client.post(address, {name: value for name, value in data.items() if value is not None})
    assert response.status_code == 302


def shown_by(monograph, edition=None):
    return set(Picture.objects.filter(uses__monograph=monograph, uses__edition=edition))


def test_a_new_monograph_has_changes_until_it_is_published():
    monograph = make_monograph()
    assert has_changes(monograph)
    monograph.publish(by=None, note="First.")
    assert not has_changes(monograph)


def test_a_save_makes_changes_and_taking_them_back_undoes_them(client):
    monograph = make_published()
    save(client, monograph, **{"sections-0-body": "Other."})
    assert has_changes(monograph)
    save(client, monograph, **{"sections-0-body": "Some text."})
    assert not has_changes(monograph)


def test_withdrawing_and_cancelling_leave_something_to_publish():
    monograph = make_published()
    monograph.edition_in_force.withdraw(by=None, reason="Wrong.")
    assert has_changes(monograph)
    monograph.publish(by=None, note="Again.", public_from=timezone.now() + timedelta(days=30_000))
    assert not has_changes(monograph)
    monograph.latest_edition.withdraw(by=None, reason="Not yet.")
    assert has_changes(monograph)


def test_restoring_an_earlier_edition_is_a_change():
    monograph = make_published()
    monograph.sections.update(body="Other.")
    second = monograph.publish(by=None, note="Second.")
    monograph.editions.get(number=1).restore(by=None)
    assert has_changes(monograph)
    second.restore(by=None)
    assert not has_changes(monograph)


def test_an_import_is_a_change(tmp_path):
    monograph = make_published(slug="ketamine")
    path = tmp_path / "ketamine.md"
    path.write_text("# Ketamine\n\nSummary.\n\n## Medical uses\n\nPain.\n")
    (document,) = read_documents(path)
    apply_document(document, slug="ketamine")
    assert has_changes(monograph)


def test_a_topic_under_another_name_is_a_change_of_its_monographs(client):
    topic = Topic.objects.create(name="Pain", slug="pain")
    monograph = make_monograph()
    monograph.topics.add(topic)
    monograph.publish(by=None, note="First.")
    client.force_login(make_user(is_superuser=True))

    data = {"name": "Pain relief", "slug": "pain", "description": ""}
    client.post(reverse("admin:monographs_topic_change", args=[topic.pk]), data)
    assert has_changes(monograph)

    monograph.publish(by=None, note="Second.")
    client.post(reverse("admin:monographs_topic_delete", args=[topic.pk]), {"post": "yes"})
    assert not Topic.objects.exists()
    assert has_changes(monograph)


def test_where_a_picture_is_shown_is_noted_for_working_copies_and_editions(client):
    lead, diagram, other = make_picture(), make_picture(), make_picture()
    monograph = make_monograph(lead_picture=lead, lead_picture_alt="The formula.")
    save(client, monograph, **{"sections-0-body": f"![A diagram]({diagram.file.url})"})
    assert shown_by(monograph) == {lead, diagram}

    edition = monograph.publish(by=None, note="First.")
    save(client, monograph, **{"sections-0-body": f"![Another]({other.file.url})"})

    assert shown_by(monograph) == {lead, other}
    assert shown_by(monograph, edition) == {lead, diagram}
    assert {str(use) for use in diagram.uses.all()} == {f"{monograph}, edition 1"}
    edition.restore(by=None)
    assert shown_by(monograph) == {lead, diagram}


def test_verify_names_what_is_stored_wrongly_and_rerendering_mends_it(capsys):
    picture = make_picture()
    monograph = make_published(body=f"![A square]({picture.file.url})", title="Ketamine")
    call_command("verify")
    Monograph.objects.update(has_changes=True)
    PictureUse.objects.filter(edition=None).delete()

    with pytest.raises(CommandError, match="2 differences"):
        call_command("verify")

    assert "Ketamine: whether it has unpublished changes is stored wrongly" in capsys.readouterr().out
    call_command("rerender_editions")
    call_command("verify")
    PictureUse.objects.filter(edition=monograph.latest_edition).delete()
    with pytest.raises(CommandError, match="1 differences"):
        call_command("verify")
    assert "Ketamine, edition 1: its pictures are not those noted." in capsys.readouterr().out


def test_editions_from_before_there_were_credits_stay_as_they_were_whatever_the_library_says_later():
    picture = make_picture()
    monograph = make_published(
        body=f"![A square]({picture.file.url})", lead_picture=picture, lead_picture_alt="A square"
    )
    first = monograph.edition_in_force
    assert "credits" not in first.contents

    picture.credit, picture.licence = "Jane Doe", Picture.Licence.CC_BY_4
    picture.save()
    take_stock(monograph)

    call_command("rerender_editions")
    call_command("verify")
    assert Edition.objects.get().sections == first.sections
    assert has_changes(monograph)
    second = monograph.publish(by=None, note="Credits.")
    credit = {
        "credit": "Jane Doe",
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    }
    assert second.credits == {picture.file.name: credit}
    assert second.picture["licence"] == "CC BY 4.0"
    assert "Picture: Jane Doe. Licence: <a href" in second.sections[0]["html"]
    call_command("verify")
