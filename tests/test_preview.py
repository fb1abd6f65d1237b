"""`ssp preview`: Word, PDF and text, to the terminal, a file or a folder; and what it refuses."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest
from click.testing import CliRunner, Result
from detect_pages import ToldEngine
from gold import EXAMPLES, full_names, panel

from pipeline import anonymise, cli, preview
from pipeline.errors import UnreadableFile

TEXT = """# Overview Report

## Review Panel

- Dr Helen Ashworth, Independent Chair

## The facts

1.1 Mrs Adaeze Okonjo rang 07700 900417 on 3 May 2018. Marisol was not asked.
"""
AFTER = "1.1 Adult A rang [telephone number] on a date in May 2018."


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> None:
    """The stage with models that know the people of TEXT, so that none is loaded."""
    monkeypatch.setattr(
        anonymise, "load", lambda rules: ToldEngine(rules, ("Helen Ashworth", "Adaeze Okonjo", "Marisol"))
    )


def files(folder: Path, *names: str) -> list[str]:
    for name in names:
        (folder / name).write_text(TEXT.replace("Mrs Adaeze Okonjo", "The victim, Adaeze Okonjo,"), encoding="utf-8")
    return [str(folder / name) for name in names]


def ssp(*words: str) -> Result:
    return CliRunner().invoke(cli.ssp, ["preview", *words], catch_exceptions=False)


@pytest.mark.usefixtures("told")
def test_text_to_the_terminal(tmp_path: Path) -> None:
    result = ssp(*files(tmp_path, "report.md"))
    assert result.exit_code == 0
    assert "rang [telephone number] on a date in May 2018" in result.stdout
    assert "Dr Helen Ashworth, Independent Chair" in result.stdout
    assert "Okonjo" not in result.output
    assert "Marisol" not in result.output


@pytest.mark.usefixtures("told")
def test_a_word_file_by_its_content(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Overview Report", 1)
    document.add_paragraph("Mrs Adaeze Okonjo rang 07700 900417 on 3 May 2018.")
    document.save(str(tmp_path / "report.bin"))
    result = ssp(str(tmp_path / "report.bin"))
    assert result.exit_code == 0
    assert "rang [telephone number] on a date in May 2018." in result.stdout
    assert "Okonjo" not in result.output


@pytest.mark.usefixtures("told")
def test_one_file_to_one_file(tmp_path: Path) -> None:
    out = tmp_path / "new" / "x.txt"
    result = ssp(*files(tmp_path, "report.md"), "--out", str(out))
    assert (result.exit_code, result.stdout) == (0, "")
    assert "[telephone number]" in out.read_text(encoding="utf-8")
    assert "Okonjo" not in out.read_text(encoding="utf-8")


@pytest.mark.usefixtures("told")
def test_several_files_to_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ssp(*files(tmp_path, "a.md", "b.md"), "--out-dir", str(out)).exit_code == 0
    assert {p.name for p in out.iterdir()} == {"a.txt", "b.txt"}


@pytest.mark.usefixtures("told")
def test_files_of_one_stem_do_not_overwrite_one_another(tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert ssp(*files(tmp_path, "a.md", "a.txt"), "--out-dir", str(out)).exit_code == 0
    assert {p.name for p in out.iterdir()} == {"a.md.txt", "a.txt.txt"}


@pytest.mark.usefixtures("told")
def test_several_files_do_not_fit_one(tmp_path: Path) -> None:
    result = ssp(*files(tmp_path, "a.md", "b.md"), "--out", str(tmp_path / "x.txt"))
    assert result.exit_code == UnreadableFile.exit_code
    assert not (tmp_path / "x.txt").exists()


@pytest.mark.usefixtures("told")
def test_pseudonyms_of_a_case_file_stay(tmp_path: Path) -> None:
    known = tmp_path / "case.yml"
    known.write_text("pseudonyms:\n  - {name: Marisol, person: the victim}\n", encoding="utf-8")
    result = ssp(*files(tmp_path, "report.md"), "--case-file", str(known))
    assert "Marisol was not asked." in result.stdout
    assert "Okonjo" not in result.stdout


@pytest.mark.usefixtures("told")
def test_a_panel_explains_names_in_its_own_case_only(tmp_path: Path) -> None:
    (tmp_path / "one.md").write_text(TEXT, encoding="utf-8")
    (tmp_path / "summary.md").write_text("# Summary\n\n1.1 Helen Ashworth rang Adaeze Okonjo.", encoding="utf-8")
    both = [str(tmp_path / "one.md"), str(tmp_path / "summary.md")]
    assert ssp(*both).stdout.count("Helen Ashworth") == 1
    known = tmp_path / "case.yml"
    known.write_text("reference: SSP/DHR/2019/02\n", encoding="utf-8")
    assert ssp(*both, "--case-file", str(known)).stdout.count("Helen Ashworth") == 2


@pytest.mark.usefixtures("told")
def test_two_overviews_are_not_one_case(tmp_path: Path) -> None:
    (tmp_path / "case.yml").write_text("reference: SSP/DHR/2019/02\n", encoding="utf-8")
    result = ssp(*files(tmp_path, "a.md", "b.md"), "--case-file", str(tmp_path / "case.yml"))
    assert result.exit_code == 20


REFUSED = [
    ("empty.md", b"", 13),
    ("latin.txt", "Señor".encode("latin-1"), 11),
    ("picture.pdf", b"\x89PNG\r\n\x1a\n", 11),
    ("cut.pdf", b"%PDF-1.7\nxx", 14),
    ("cut.docx", b"PK\x03\x04xxxx", 14),
    ("pdf.txt", b"%PDF-1.7\nxx", 14),
]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("name", "data", "code"), REFUSED, ids=[r[0] for r in REFUSED])
def test_what_is_refused(tmp_path: Path, name: str, data: bytes, code: int) -> None:
    (tmp_path / name).write_bytes(data)
    out = tmp_path / "x.txt"
    result = ssp(str(tmp_path / name), "--out", str(out))
    assert result.exit_code == code
    assert result.stderr.startswith("ssp preview: ")
    assert not out.exists()


@pytest.mark.usefixtures("told")
def test_nothing_is_written_when_one_of_many_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty.md").write_bytes(b"")
    result = ssp(*files(tmp_path, "report.md"), str(tmp_path / "empty.md"), "--out-dir", str(tmp_path / "out"))
    assert result.exit_code == 13
    assert not (tmp_path / "out").exists()


@pytest.mark.usefixtures("told")
def test_a_faulty_case_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "case.yml").write_text("pseudonym: Marisol\n", encoding="utf-8")
    result = ssp(*files(tmp_path, "report.md"), "--case-file", str(tmp_path / "case.yml"))
    assert result.exit_code == 20
    assert "Marisol" not in result.output


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile):
        preview.read(tmp_path)


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["docx", "pdf"])
def test_an_invented_report_with_the_models(tmp_path: Path, ending: str) -> None:
    out = tmp_path / "out"
    assert ssp(str(EXAMPLES / f"d1-summary.{ending}"), "--out-dir", str(out)).exit_code == 0
    text = (out / "d1-summary.txt").read_text(encoding="utf-8")
    assert [n for n in full_names("d1-summary") if n in text] == []
    assert [n for n in panel("d1-summary") if n not in text] == []


def test_the_text_never_replaces_the_report(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    report.write_text("1.1 The report.\n", encoding="utf-8")
    with pytest.raises(UnreadableFile):
        preview.run([report], out=report)
    assert report.read_text(encoding="utf-8") == "1.1 The report.\n"
