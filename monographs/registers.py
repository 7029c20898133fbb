"""The registers that identify a medicine: how their codes look, how they are checked, where they lead."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Register:
    """One register: its name, the pattern of its codes, an example, and the address of an entry."""

    name: str
    pattern: str
    example: str
    address: str

    def url(self, value):
        """Return the address of the entry for `value` in this register."""
        return self.address.format(value=value)


REGISTERS = {
    "ATC": Register("ATC", r"[A-Z]\d{2}[A-Z]{2}\d{2}", "N01AX03", "https://atcddd.fhi.no/atc_ddd_index/?code={value}"),
    "CAS": Register(
        "CAS", r"[1-9]\d{1,6}-\d{2}-\d", "6740-88-1", "https://commonchemistry.cas.org/detail?cas_rn={value}"
    ),
    "UNII": Register("UNII", r"[A-Z0-9]{10}", "690G0D6V8H", "https://precision.fda.gov/uniisearch/srs/unii/{value}"),
    "RxNorm": Register(
        "RxNorm", r"[1-9]\d{0,7}", "6130", "https://mor.nlm.nih.gov/RxNav/search?searchBy=RXCUI&searchTerm={value}"
    ),
    "DrugBank": Register("DrugBank", r"DB\d{5}", "DB01221", "https://go.drugbank.com/drugs/{value}"),
    "PubChem": Register("PubChem CID", r"[1-9]\d{0,9}", "3821", "https://pubchem.ncbi.nlm.nih.gov/compound/{value}"),
}


def cas_check_digit(number):
    """Return the check digit of a CAS number given without its last part, such as "6740-88".

    Each digit, counted from the right, is multiplied by its place; the sum modulo 10 is the check digit
    (CAS, "Check Digit Verification of CAS Registry Numbers").
    """
    digits = [int(character) for character in reversed(number) if character.isdigit()]
    return sum(place * digit for place, digit in enumerate(digits, start=1)) % 10


def validate_code(register, value):
    """Check one code. Raises ValidationError that shows what a right code of this register looks like."""
    rules = REGISTERS[register]
    if not re.fullmatch(rules.pattern, value, re.ASCII):
        raise ValidationError(
            _("“%(value)s” is not a %(register)s code. It should look like %(example)s."),
            params={"value": value, "register": rules.name, "example": rules.example},
            code="wrong_code",
        )
    if register == "CAS" and int(value[-1]) != (digit := cas_check_digit(value[:-2])):
        raise ValidationError(
            _("CAS number %(value)s has the wrong check digit: %(number)s should end in %(digit)s. Check each digit."),
            params={"value": value, "number": value[:-2], "digit": digit},
            code="wrong_check_digit",
        )
