"""Check digits and other tests that a number must pass (`check` in identifiers.yml)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

# Lines that belong to the public: freephone helplines and short codes name nobody.
PUBLIC_NUMBER = re.compile(r"(?:0800|0808|0300|0303|0345|116|101|111|999)")
# "01-07-2018 14" and "01234-2018": digits of a date, or of a reference with its year.
DATED = re.compile(
    r"\(?(?:0?[1-9]|[12]\d|3[01])([-. ])(?:0?[1-9]|1[0-2])\1(?:19|20)?\d\d(?!\d)|\d{4,6}-(?:19|20)\d\d$"
)


def nhs_number(text: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (modulus 11, NHS Data Dictionary)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10:
        return False
    check = 11 - sum(d * w for d, w in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


def telephone_number(text: str) -> bool:
    """Whether it could be somebody's telephone number: possible in its country, and neither a date, nor a reference,
    nor a public helpline."""
    import phonenumbers

    if DATED.match(text):
        return False
    try:
        number = phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return False
    digits = f"0{number.national_number}" if number.country_code == 44 else ""
    if PUBLIC_NUMBER.match(digits) or PUBLIC_NUMBER.match(re.sub(r"\D", "", text)):
        return False
    return bool(phonenumbers.is_possible_number(number))


def luhn(text: str) -> bool:
    """Whether the digits carry the check digit of cards and handsets (ISO/IEC 7812-1, annex B)."""
    digits = [int(c) for c in text if c.isdigit()]
    doubled = [d if n % 2 == 0 else d * 2 - 9 * (d > 4) for n, d in enumerate(reversed(digits))]
    return len(set(digits)) > 1 and sum(doubled) % 10 == 0


def iban(text: str) -> bool:
    """Whether an international bank account number leaves the remainder 1 (ISO 13616, modulus 97)."""
    plain = re.sub(r"[\s-]", "", text).upper()
    turned = plain[4:] + plain[:4]
    return len(plain) >= 15 and turned.isalnum() and int("".join(str(int(c, 36)) for c in turned)) % 97 == 1


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "nhs": nhs_number,
    "phone": telephone_number,
    "luhn": luhn,
    "iban": iban,
}
