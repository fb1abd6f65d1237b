"""What may be printed as a number: nothing that could name anybody."""

from __future__ import annotations

import pytest

from pipeline.printed_numbers import is_number


@pytest.mark.parametrize(
    "text",
    [
        "", "1", "4.12", "A1", "A.1", "A12.3", "1.", "B.", "(a)", "a)", "iv)", "(iv)", "IV", "xxxviii", "aa", "1a",
        "4(a)", "4(a)(i)", "(a)(i)", "3.a.i", "1.2.3.4.5", "100", "*", "Section 4.2", "Appendix B",
        "Recommendation 3:", "Annex",
    ],
)  # fmt: skip
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Zbigniew 4", "OKONJO 5", "A.O.", "O.K.O", "07700 900123", "07700.900", "14.3.2019", "Smith", "Jo", "LIV",
        "MIDI",
        "Section Okonjo", "Section 4 Pell", "Recommendation Eze 1", "1 2", "A B", "Mr 1", "a-b-c", "1.2.3.4.5.6",
    ],
)  # fmt: skip
def test_words_and_identifiers(text: str) -> None:
    assert not is_number(text)
