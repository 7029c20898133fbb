"""The product that an SPL document is about."""

from monographs.importing.labels.product import Product

UNII_SYSTEM = "2.16.840.1.113883.4.9"
ACTIVE = ("ACTIB", "ACTIM", "ACTIR", "ACTI")


def read_product(root):
    """Return the Product of an SPL document, or of all products in it."""
    product = Product(
        set_id=_attribute(root, "setId", "root"),
        version=_attribute(root, "versionNumber", "value"),
        effective=_attribute(root, "effectiveTime", "value"),
        labellers=_texts(root.all("author", "assignedEntity", "representedOrganization", "name")),
    )
    for section in root.all("component", "structuredBody", "component", "section"):
        for name in ("manufacturedProduct", "manufacturedMedicine", "partProduct", "partMedicine"):
            for subject in section.all("subject"):
                for node in subject.below(name):
                    _add(product, node)
    return product


def _add(product, node):
    for name in node.all("name"):  # its suffix is an element in it, with or without a space before
        suffix = " ".join(part.text for part in name.all("suffix"))
        product.brand_names.append(f"{name.text.removesuffix(suffix)} {suffix}")
    product.generic_names += _texts(node.all("asEntityWithGeneric", "genericMedicine", "name"))
    product.forms += _shown(node.all("formCode"))
    product.routes += _shown(node.all("consumedIn", "substanceAdministration", "routeCode"))
    for ingredient in [*node.all("ingredient"), *node.all("activeIngredient")]:
        if ingredient.name == "activeIngredient" or ingredient.get("classCode") in ACTIVE:
            for substance in [*ingredient.all("ingredientSubstance"), *ingredient.all("activeIngredientSubstance")]:
                product.substances += _texts(substance.all("name"))
                product.codes += [
                    ("UNII", code.get("code"))
                    for code in substance.all("code")
                    if code.get("codeSystem") == UNII_SYSTEM and code.get("code")
                ]


def _attribute(root, name, attribute):
    node = root.one(name)
    return node.get(attribute) if node else ""


def _texts(nodes):
    return [node.text for node in nodes if node.text]


def _shown(nodes):
    return [node.get("displayName") for node in nodes if node.get("displayName")]
