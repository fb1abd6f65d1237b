"""redaction_rules/: every row of identifiers.yml through its recogniser, and every mistake an error with its line."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from pipeline import rules as rule_files
from pipeline.detect.patterns import RuleRecogniser, nhs_number, telephone_number
from pipeline.errors import RulesError
from pipeline.rules import IdentifierRule, Rules

RULES = rule_files.load()

# example -> what must be found in it; of an example that is not here, something must be found
VALUES = {
    "write to a.person@example.org today": "a.person@example.org",
    "see https://a.example/b/c-d.": "https://a.example/b/c-d",
    "at www.a-b.example/news": "www.a-b.example/news",
    "saved as Report_v2_final.docx yesterday": "Report_v2_final.docx",
    "posted as @sings_81.": "@sings_81",
    "a false account, jo.bloggs.xo, to watch": "jo.bloggs.xo",
    "rang 07700 900417 twice": "07700 900417",
    "on 020 7946 0318": "020 7946 0318",
    "(+44 7700 900862)": "+44 7700 900862",
    "NHS number 999 418 2730": "999 418 2730",
    "NHS number 999 418 2731": "999 418 2731",
    "National Insurance number QQ 41 70 93 B": "QQ 41 70 93 B",
    "a white van, LP13 KZV,": "LP13 KZV",
    "car registration K241 ABC": "K241 ABC",
    "passport A07714482": "A07714482",
    "passport AU 738215": "AU 738215",
    "passport number 123456789": "123456789",
    "MORGA657054SM9IJ is a driving licence": "MORGA657054SM9IJ",
    "sort code 40-12-77": "40-12-77",
    "account 71830265": "71830265",
    "CAD 8102/16NOV13": "8102/16NOV13",
    "custody URN 01MD0412718": "01MD0412718",
    "crime report 3014482/16": "3014482/16",
    "case T20197043": "T20197043",
    "reference ZE19C00318": "ZE19C00318",
    "reference 2019/118846": "2019/118846",
    "record MOS-5518204": "MOS-5518204",
    "tenancy MTH-0049-7731": "MTH-0049-7731",
    "case SWK/2018/0147": "SWK/2018/0147",
    "Mosaic 1186402": "1186402",
    "CRN X204817": "X204817",
    "ASC 1170482": "1170482",
    "AIS 0417736": "0417736",
    "PC Smith (731MD)": "731MD",
    "(warrant number 238114)": "238114",
    "prison number A1234BC": "A1234BC",
    "filed under 1170482 there": "1170482",
    "file K7719046": "K7719046",
    **{
        whole: whole
        for whole in (
            "9993054186",
            "+34 600 555 018",
            "JX 48 21 67 B",
            "JX482167B",
            "JX-48-21-67-B",
            "SE15 7XZ",
            "SE1 9ZX",
            "W1A 1AA",
            "SE157XZ",
            "LK19ZVB",
            "02817-12",
            "09/418223K",
            "ASB/12/00763",
            "58MD",
            "2907AS",
            "INQ/0587/2023",
            "MARAC/SK/14/0886",
            "TEN/0048217",
            "HO/DHR/12/3391",
            "CF/BOAD/0417736",
            "S2487713",
        )
    },
}


def found(rule: IdentifierRule, text: str) -> list[str]:
    return [text[r.start : r.end] for r in RuleRecogniser(rule).analyze(text, [rule.type])]


def named(name: str) -> IdentifierRule:
    return next(r for r in RULES.identifiers if r.name == name)


def of_type(type_: str, text: str) -> set[str]:
    return {value for rule in RULES.identifiers if rule.type == type_ for value in found(rule, text)}


@pytest.mark.parametrize(
    ("rule", "text"), [(r, e) for r in RULES.identifiers for e in r.examples], ids=lambda v: getattr(v, "name", v)
)
def test_examples_are_found_whole(rule: IdentifierRule, text: str) -> None:
    values = found(rule, text)
    assert values == [VALUES[text]] if text in VALUES else values


def test_the_values_above_are_those_of_examples() -> None:
    assert set(VALUES) <= {e for r in RULES.identifiers for e in r.examples}


@pytest.mark.parametrize(
    ("rule", "text"), [(r, n) for r in RULES.identifiers for n in r.near_misses], ids=lambda v: getattr(v, "name", v)
)
def test_near_misses_are_not(rule: IdentifierRule, text: str) -> None:
    assert found(rule, text) == []


def test_every_row_has_an_example_and_a_near_miss() -> None:
    assert [r.name for r in RULES.identifiers if not (r.examples and r.near_misses)] == []
    names = [r.name for r in RULES.identifiers]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("number", "valid"),
    [
        ("943 476 5919", True),
        ("9434765919", True),
        ("943-476-5919", True),
        ("943 476 5918", False),
        ("943 476 5991", False),
        ("943 476 591", False),
        ("999 418 2730", True),
        ("050 000 0000", False),  # the remainder asks for a check digit of ten, which there is not
        ("050 000 0001", False),
    ],
)
def test_nhs_check_digit(number: str, valid: bool) -> None:
    assert nhs_number(number) is valid


def test_nhs_number_with_a_wrong_digit_goes_where_it_is_called_one() -> None:
    assert of_type("NHS", "her NHS number was 943 476 5918") == {"943 476 5918"}
    assert of_type("NHS", "ring 943 476 5918") == set()


@pytest.mark.parametrize(
    ("text", "goes"),
    [
        ("QQ 12 34 56 C", False),
        ("AB123456C", True),
        ("AB 12 34 56 C", True),
        ("DA123456A", False),
        ("AO123456A", False),
        ("AB 12 34 56 E", False),
        ("NI number QQ 12 34 56 C", True),
    ],
)
def test_national_insurance_number(text: str, goes: bool) -> None:
    assert bool(of_type("NINO", text)) is goes


@pytest.mark.parametrize(
    "number",
    ["07700 900417", "07700900417", "020 7946 0018", "(020) 7946 0018"[1:], "+44 7700 900417", "0044 7700 900417",
     "+48 601 234 567", "0161 496 0123"],
)  # fmt: skip
def test_peoples_telephone_numbers_go(number: str) -> None:
    assert telephone_number(number)
    assert of_type("PHONE", f"She rang {number} at once.") == {number}


@pytest.mark.parametrize(
    "number", ["0808 2000 247", "0808 801 0327", "0800 555 111", "0300 330 0630", "0345 090 90 90", "116 123", "101"]
)
def test_helplines_stay(number: str) -> None:
    assert of_type("PHONE", f"Ring {number} day or night.") == set()


def test_context_is_looked_for_on_the_same_line_and_near() -> None:
    rule = named("bank account number")
    assert found(rule, "71830265 is the account") == ["71830265"]
    assert found(rule, "account\n71830265") == []
    assert found(rule, "account " + "word " * 14 + "71830265") == []


def test_policy_loads(rules: Rules) -> None:
    assert rules.types["PERSON"].decide
    assert not rules.types["NHS"].decide
    assert rules.types["UNEXPLAINED"].replacement == "[withheld]"
    assert rules.default_role == "Person"
    assert rules.own_reference.fullmatch("SSP/DHR/2019/02")
    assert not rules.own_reference.fullmatch("SSP/DHR/2019/0288/1")
    school = next(k for k in rules.kinds if k.name == "school")
    assert (school.replacement, "Academy" in school.words) == ("[school]", True)
    assert [(r.label, r.single) for r in rules.roles][:2] == [("Adult A", True), ("Adult B", True)]
    assert "never" in rules.name_followers


def test_lists_load_with_the_list_that_a_name_is_in(rules: Rules) -> None:
    assert rules.stays["Clare's Law"] == "laws policies and schemes"
    assert rules.stays["Home Office"] == "statutory agencies"
    assert rules.goes["Peckham"] == "localities"
    assert not set(rules.stays) & set(rules.goes)
    assert {"titles", "ranks", "not_members", "irregular_past"} <= set(rules.vocabulary)


def test_lexicon_has_ordinary_words_and_few_names(rules: Rules) -> None:
    assert {"hope", "will", "price", "grace"} <= rules.ambiguous
    assert {"the", "neighbour", "sergeant"} <= rules.english - rules.proper
    assert not {"okonjo", "nguyen", "kowalski", "yilmaz", "patel", "adaeze", "zeynep"} & rules.english


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(rule_files.FOLDER, tmp_path / "redaction_rules"))


def swap(file: str, old: str, new: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        assert old in text
        (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


def write(file: str, text: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_text(text, encoding="utf-8") and None


def block(file: str, key: str, value: str) -> Callable[[Path], None]:
    """Writes a value in the place of everything under a key."""

    def change(folder: Path) -> None:
        text = (folder / file).read_text(encoding="utf-8")
        made, times = re.subn(rf"^{key}:\n(?:[ #].*\n|\n)*", f"{key}: {value}\n", text, flags=re.MULTILINE)
        assert times == 1
        (folder / file).write_text(made, encoding="utf-8")

    return change


def line_of(file: str, text: str) -> int:
    lines = (rule_files.FOLDER / file).read_text(encoding="utf-8").splitlines()
    return next(n for n, line in enumerate(lines, start=1) if text in line)


NHS_AT = line_of("identifiers.yml", "- name: NHS number")
MISTAKES: list[tuple[str, Callable[[Path], None], str, int, str]] = [
    ("unknown key", swap("identifiers.yml", "check: nhs", "chekc: nhs"), "identifiers.yml", NHS_AT + 2, "'chekc'"),
    (
        "missing key",
        swap("identifiers.yml", '  near_misses: ["NHS number 999 418 2731"]\n', ""),
        "identifiers.yml",
        NHS_AT,
        "'near_misses' is missing",
    ),
    ("unknown check", swap("identifiers.yml", "check: nhs", "check: luhm"), "identifiers.yml", NHS_AT + 2, "'luhm'"),
    ("unknown type", swap("identifiers.yml", "type: NHS", "type: NSH"), "identifiers.yml", NHS_AT + 1, "'NSH'"),
    (
        "bad pattern",
        swap("identifiers.yml", "'(?<!\\d)\\d{3}[ -]?", "'(?<!\\d\\d{3}[ -]?"),
        "identifiers.yml",
        NHS_AT + 3,
        "regular expression",
    ),
    (
        "pattern that is a number",
        swap("identifiers.yml", '"five @ two pounds"', "5"),
        "identifiers.yml",
        line_of("identifiers.yml", '"five @ two pounds"'),
        "list of words",
    ),
    (
        "context that is one word",
        swap("identifiers.yml", "context: [IP, IP address, router, logged in, login, log-in]", "context: router"),
        "identifiers.yml",
        line_of("identifiers.yml", "context: [IP, IP address"),
        "list of words",
    ),
    (
        "key twice",
        swap("identifiers.yml", "  check: nhs", "  check: nhs\n  check: phone"),
        "identifiers.yml",
        NHS_AT + 3,
        "'check' is given twice",
    ),
    (
        "not YAML",
        swap("identifiers.yml", "- name: NHS number\n", "- name: [NHS number\n"),
        "identifiers.yml",
        NHS_AT + 1,
        "",
    ),
    ("identifiers that are no list", write("identifiers.yml", "name: x\n"), "identifiers.yml", 1, "list of rules"),
    ("a row that is no rule", write("identifiers.yml", "- just words\n"), "identifiers.yml", 1, ""),
    ("empty identifiers", write("identifiers.yml", ""), "identifiers.yml", 1, ""),
    ("empty policy", write("policy.yml", ""), "policy.yml", 1, ""),
    (
        "unknown key of policy",
        swap("policy.yml", "default_role: Person", "default_roles: Person"),
        "policy.yml",
        line_of("policy.yml", "default_role: Person"),
        "'default_roles'",
    ),
    (
        "type without a replacement",
        swap("policy.yml", '{replacement: "[postcode]", decide: false}', "{decide: false}"),
        "policy.yml",
        line_of("policy.yml", "POSTCODE:"),
        "'replacement' is missing",
    ),
    (
        "type that is a word",
        swap("policy.yml", '{replacement: "[postcode]", decide: false}', "goes"),
        "policy.yml",
        0,
        "",
    ),
    (
        "decide that is neither true nor false",
        swap("policy.yml", '"[postcode]", decide: false', '"[postcode]", decide: sometimes'),
        "policy.yml",
        line_of("policy.yml", "POSTCODE:"),
        "true or false",
    ),
    (
        "replacement that is a number",
        swap("policy.yml", '"[postcode]"', "12"),
        "policy.yml",
        line_of("policy.yml", "POSTCODE:"),
        "",
    ),
    ("type that detection needs is missing", swap("policy.yml", "  DOB:  ", "  DOBB: "), "policy.yml", 0, "'DOB'"),
    (
        "kinds that are a list",
        swap("policy.yml", "words: [School, Academy", "words: [School, 12, Academy"),
        "policy.yml",
        line_of("policy.yml", "  school:"),
        "list of words",
    ),
    (
        "role with an unknown key",
        swap("policy.yml", "{label: Judge, words", "{label: Judge, plural: Judges, words"),
        "policy.yml",
        line_of("policy.yml", "{label: Judge"),
        "'plural'",
    ),
    (
        "bad reference pattern",
        swap("policy.yml", 'own_reference: "', 'own_reference: "('),
        "policy.yml",
        0,
        "regular expression",
    ),
    (
        "a name that YAML takes for a truth value",
        swap("stays.yml", "  - Home Office\n", "  - Home Office\n  - No\n"),
        "stays.yml",
        line_of("stays.yml", "- Home Office") + 1,
        "quotation marks",
    ),
    (
        "list twice",
        swap("stays.yml", "countries:", "statutory_agencies:"),
        "stays.yml",
        line_of("stays.yml", "countries:"),
        "twice",
    ),
    ("stays that is a list", write("stays.yml", "- Home Office\n"), "stays.yml", 1, "lists with a name"),
    ("empty list of places", write("goes.yml", "localities:\n"), "goes.yml", 1, "list of words"),
    (
        "vocabulary without a list that detection needs",
        swap(
            "vocabulary.yml",
            "honour: [His Honour Judge, Her Honour Judge, His Honour, Her Honour, "
            "The Honourable Mr Justice, Mr Justice, Mrs Justice]\n",
            "",
        ),
        "vocabulary.yml",
        2,
        "'honour' is missing",
    ),
    (
        "vocabulary with a list that nobody reads",
        swap("vocabulary.yml", "ranks:", "rank:"),
        "vocabulary.yml",
        line_of("vocabulary.yml", "ranks:"),
        "unknown key 'rank'",
    ),
    (
        "vocabulary with a list without words",
        swap("vocabulary.yml", "post_nominals: [", "post_nominals: [] # ["),
        "vocabulary.yml",
        line_of("vocabulary.yml", "post_nominals:"),
        "the list is empty",
    ),
    ("a place twice", write("goes.yml", "localities:\n  - Abbey Wood\n  - Abbey Wood\n"), "goes.yml", 3, "already"),
    ("a date that there is not", write("goes.yml", "localities:\n  - 2018-02-30\n"), "goes.yml", 2, "no such date"),
    ("a number that there is not", write("goes.yml", "localities:\n  - 0x_\n"), "goes.yml", 2, "no such date or nu"),
    ("a tag that does not fit", write("goes.yml", "localities:\n  - !!bool x\n"), "goes.yml", 2, "no such date"),
    (
        "a file nested too deeply",
        write("goes.yml", "localities:\n  - " + "[" * 200_000 + "]" * 200_000),
        "goes.yml",
        2,
        "nested too deeply",
    ),
    ("types that are a number", block("policy.yml", "types", "5"), "policy.yml", 3, "names with keys"),
    ("types that are a truth value", block("policy.yml", "types", "true"), "policy.yml", 3, "names with keys"),
    ("kinds that are a number", block("policy.yml", "kinds", "3"), "policy.yml", 0, "names with keys"),
    (
        "a kind without words",
        swap("policy.yml", "[School, Academy, Primary, Secondary, Infants, Juniors]", "[]"),
        "policy.yml",
        0,
        "the list is empty",
    ),
    ("missing file", lambda folder: (folder / "goes.yml").unlink(), "goes.yml", 1, "cannot be read"),
    (
        "not UTF-8",
        lambda folder: (folder / "goes.yml").write_bytes(b"localities: [\xff]\n") and None,
        "goes.yml",
        1,
        "cannot be read",
    ),
    ("missing lexicon", lambda folder: (folder / "lexicon" / "english.txt").unlink(), "english.txt", 1, "lexicon"),
    ("missing list of names", lambda folder: (folder / "lexicon" / "names.txt").unlink(), "names.txt", 1, "lexicon"),
    ("empty lexicon", write("lexicon/english.txt", "\n"), "english.txt", 1, "lexicon"),
]


@pytest.mark.parametrize(("change", "file", "line", "why"), [m[1:] for m in MISTAKES], ids=[m[0] for m in MISTAKES])
def test_a_mistake_is_an_error_with_file_and_line(
    folder: Path, change: Callable[[Path], None], file: str, line: int, why: str
) -> None:
    change(folder)
    with pytest.raises(RulesError) as refusal:
        rule_files.load(folder)
    assert refusal.value.exit_code == 30
    assert refusal.value.remedy
    assert f"/{file}, line " in refusal.value.message
    if line:
        assert f"{file}, line {line}: " in refusal.value.message
    assert why in refusal.value.message


LIBRARY = """- name: library card number
  type: CASEREF
  context: [library card]
  pattern: '\\bLC\\d{6}\\b'
  examples:
    - her library card LC204417
    - the library card LC204418
  near_misses: ["library card LC20"]
"""
SLIPS = [
    ("  examples:", "  exmples:", 5, "unknown key 'exmples'"),
    ("type: CASEREF", "type: LIBRARY", 2, "type 'LIBRARY' has no line in policy.yml"),
    ("LC\\d{6}", "LC(\\d{6}", 4, "not a regular expression: missing )"),
    ("\\bLC\\d{6}\\b", "(?:LC)?", 4, "would match everywhere"),
    ("\\bLC\\d{6}\\b", "\\b", 4, "matches nothing at all"),
    ("\\bLC\\d{6}\\b", "(?=LC\\d{6})", 4, "a regular expression that matches nothing"),
    ("\\bLC\\d{6}\\b", "LC\\d{5000000000}", 4, "a number in it is too large"),
    ("\\bLC\\d{6}\\b", "(" * 3000 + "LC" + ")" * 3000, 4, "it is nested too deeply"),
    ('card LC20"]', 'card LC20", 2018-02-30]', 8, "no such date"),
    ("context: [library card]", "context: library card", 3, "a list of words was expected"),
    ("LC204418", "LD204418", 7, "'library card number' finds nothing in this example"),
    ('library card LC20"', 'library card LC204417"', 8, "'library card number' finds something in this near miss"),
    ("the library card LC", "the room LC", 7, "finds nothing in this example"),
    ('["library card LC20"]', "[]", 8, "'near_misses' is empty"),
    ('["library card LC20"]', '["library card LC20"', 9, "expected ',' or ']'"),
    ("- name: library card number", "- name: e-mail address", 1, "another rule has this name"),
    ("  context: [library card]", "  check: crc", 3, "check 'crc' is not known; the checks are nhs, phone"),
]


@pytest.mark.parametrize(("old", "new", "line", "why"), SLIPS, ids=[s[3] for s in SLIPS])
def test_a_slip_in_a_new_rule_is_told_with_its_line(folder: Path, old: str, new: str, line: int, why: str) -> None:
    path = folder / "identifiers.yml"
    rules_before = path.read_text(encoding="utf-8")
    assert old in LIBRARY
    path.write_text(rules_before + LIBRARY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(RulesError) as refusal:
        rule_files.load(folder)
    assert f"redaction_rules/identifiers.yml, line {len(rules_before.splitlines()) + line}: " in refusal.value.message
    assert why in refusal.value.message
    assert "LC2044" not in str(refusal.value)


def test_the_new_rule_loads_without_the_slip(folder: Path) -> None:
    path = folder / "identifiers.yml"
    path.write_text(path.read_text(encoding="utf-8") + LIBRARY, encoding="utf-8")
    assert rule_files.load(folder).identifiers[-1].name == "library card number"


def test_a_missing_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RulesError, match="missing"):
        rule_files.load(tmp_path / "nowhere")


@pytest.mark.parametrize("package", rule_files.APPLY)
def test_digest_changes_with_the_version_of_the_program_and_of_a_model(
    package: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, real = rule_files.load().digest, importlib.metadata.version
    assert real(package)
    monkeypatch.setattr(importlib.metadata, "version", lambda name: "99" if name == package else real(name))
    assert rule_files.load().digest != before


def test_digest_changes_with_any_byte_and_with_any_name(folder: Path) -> None:
    before = rule_files.load(folder).digest
    assert before == rule_files.load().digest
    seen = {before}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        data = path.read_bytes()
        path.write_bytes(data + b"\n")
        seen.add(rule_files.digest_of(folder))
        path.write_bytes(data)
    assert len(seen) == 1 + sum(p.is_file() for p in folder.rglob("*"))
    (folder / "goes.yml").rename(folder / "went.yml")
    assert rule_files.digest_of(folder) not in seen


def test_rules_are_frozen(rules: Rules) -> None:
    with pytest.raises(AttributeError):
        rules.default_role = "Somebody"  # type: ignore[misc]


def test_the_page_on_anonymisation_says_what_the_policy_says(rules: Rules) -> None:
    page = (rule_files.FOLDER.parent / "docs" / "anonymisation.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z]+)` \| [^|]+ \| (\[[^|]+\]) \| (yes|no) \|$", page, re.MULTILINE)
    told = {name: (replacement, decide == "yes") for name, replacement, decide in rows}
    assert told == {name: (policy.replacement, policy.decide) for name, policy in rules.types.items()}
    assert len(page.splitlines()) <= 180  # what nobody reads to the end helps nobody


def test_the_page_on_the_rules_names_every_file_and_its_examples_load(folder: Path) -> None:
    page = (rule_files.FOLDER / "README.md").read_text(encoding="utf-8")
    files = {p.name for p in rule_files.FOLDER.glob("*.yml")}
    assert set(re.findall(r"^\| `(\w+\.yml)` \|", page, re.MULTILINE)) == files
    entry = re.search(r"^    - name: library.*?(?=\n\n)", page, re.MULTILINE | re.DOTALL)
    role = re.search(r"^    (- \{label: Librarian.*)$", page, re.MULTILINE)
    assert entry
    assert role
    path = folder / "identifiers.yml"
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{textwrap.dedent(entry.group())}\n", encoding="utf-8")
    swap("policy.yml", "  - {label: Judge", f"  {role.group(1)}\n  - {{label: Judge")(folder)
    loaded = rule_files.load(folder)
    rule = loaded.identifiers[-1]
    assert [found(rule, e) for e in rule.examples] == [["LC204417"]]
    assert [found(rule, n) for n in rule.near_misses] == [[], []]
    assert "Librarian" in {r.label for r in loaded.roles}


@pytest.mark.parametrize("kind", ["PERSON", "UNEXPLAINED"])
def test_nobody_can_switch_off_the_decisions_about_people_and_the_unexplained(folder: Path, kind: str) -> None:
    path = folder / "policy.yml"
    text = path.read_text(encoding="utf-8")
    changed = re.sub(rf"(  {kind}: .*decide: )true", r"\1false", text)
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    with pytest.raises(RulesError, match=rf"policy.yml, line \d+: {kind} must be decided by a person"):
        rule_files.load(folder)
