"""Editions with everything that an edition can have, for the tests of formats."""

from monographs.models import Fact, Identifier, Reference, Topic
from tests.factories import make_monograph

HOSTILE = 'He said "no" & \\ {50}% <b>_x_</b> ~^#$ §€ 中文 \u202e'


def make_full(*, title="Ketamine", slug="ketamine", public_from=None, **kwargs):
    """Publish a monograph with names, topics, facts, identifiers, references and citations; return its edition."""
    kwargs.setdefault("subtitle", "Mechanism of action")
    kwargs.setdefault("other_names", "Ketalar\nEsketamine")
    kwargs.setdefault("body", "It helps.[@one; @two]\n\n- **First**\n- Second\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    monograph = make_monograph(title=title, slug=slug, **kwargs)
    monograph.topics.add(Topic.objects.get_or_create(slug="anaesthetics", defaults={"name": "Anaesthetics"})[0])
    Fact.objects.create(monograph=monograph, label="Class", value="NMDA receptor antagonist")
    Fact.objects.create(monograph=monograph, label="Given by", value="Vein; muscle", position=2)
    for position, (register, value) in enumerate([("ATC", "N01AX03"), ("UNII", "690G0D6V8H"), ("RxNorm", "6130")]):
        Identifier.objects.create(monograph=monograph, register=register, value=value, position=position)
    source = {"authors": "Zarate CA Jr, Singh JB", "year": 2006, "source": "Arch Gen Psychiatry, 63(8):856-864"}
    Reference.objects.create(
        monograph=monograph, key="one", title="A trial", doi="10.1001/archpsyc.63.8.856", pmid="16894061", **source
    )
    Reference.objects.create(
        monograph=monograph, key="two", title="A page", url="https://example.org/a?b=1&c=2", position=2, **source
    )
    return monograph.publish(by=None, note="First edition.", public_from=public_from)
