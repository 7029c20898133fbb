import pytest
from django.core.exceptions import ValidationError

from monographs.models import Identifier, Reference
from monographs.registers import REGISTERS, cas_check_digit, validate_code


@pytest.mark.parametrize("number", ["6740-88-1", "58-08-2", "7732-18-5", "50-78-2"])
def test_the_check_digit_of_real_cas_numbers_is_confirmed(number):
    assert cas_check_digit(number[:-2]) == int(number[-1])
    validate_code("CAS", number)


def test_a_cas_number_with_a_wrong_digit_is_refused_with_the_right_one():
    with pytest.raises(ValidationError, match="6740-88 should end in 1"):
        validate_code("CAS", "6740-88-2")


def test_any_single_wrong_digit_of_a_cas_number_is_noticed():
    for place in (0, 1, 2, 3, 5, 6):
        digit = (int("6740-88-1"[place]) + 1) % 10 or 1
        wrong = "6740-88-1"[:place] + str(digit) + "6740-88-1"[place + 1 :]
        if wrong != "6740-88-1":
            with pytest.raises(ValidationError):
                validate_code("CAS", wrong)


@pytest.mark.parametrize(
    ("register", "value"),
    [
        ("ATC", "n01ax03"),
        ("ATC", "N01AX"),
        ("UNII", "690G0D6V8"),
        ("RxNorm", "61x"),
        ("DrugBank", "1221"),
        ("PubChem", ""),
    ],
)
def test_a_code_of_the_wrong_form_is_refused_with_an_example(register, value):
    with pytest.raises(ValidationError) as caught:
        validate_code(register, value)
    assert REGISTERS[register].example in caught.value.messages[0]


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_accepts_its_example_and_links_to_it_over_https(register):
    rules = REGISTERS[register]
    validate_code(register, rules.example)
    assert rules.url(rules.example).startswith("https://")
    assert rules.example in rules.url(rules.example)


def test_an_identifier_is_checked_by_its_form():
    with pytest.raises(ValidationError, match="check digit"):
        Identifier(register="CAS", value="6740-88-9").clean()


@pytest.mark.parametrize("pasted", ["10.1001/x.63.8", "https://doi.org/10.1001/x.63.8", "doi: 10.1001/x.63.8"])
def test_a_pasted_doi_keeps_what_identifies_the_work(pasted):
    reference = Reference(key="a", authors="A", year=2000, title="T", source="S", doi=pasted)
    reference.clean_fields(exclude=["monograph"])
    assert reference.doi == "10.1001/x.63.8"


def test_a_doi_that_is_none_is_refused_with_an_example():
    reference = Reference(key="a", authors="A", year=2000, title="T", source="S", doi="doi.example/1")
    with pytest.raises(ValidationError, match="A DOI looks like"):
        reference.clean_fields(exclude=["monograph"])
