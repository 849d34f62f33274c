"""Delimited files: any usual way of saving one is read right; a doubtful one is refused with advice."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from intake_files import AS_OF, CANDIDATES, folder

from matching.errors import InputRefused
from matching.intake import read_intake, read_pool
from matching.intake.columns import SHEETS
from matching.intake.delimited import read_delimited, records_of, text_lines
from matching.intake.encoding import decoded
from matching.intake.parsed import parse

PLAIN = 'kandidaat;gemeente;motivatie\nK-1;Súdwest-Fryslân;"graag; en snel"\nK-2;Delft;"zegt ""ja"""\n'


def parsed(content):
    content = content if isinstance(content, bytes) else content.encode()
    return parse(read_delimited(content, SHEETS["candidates"], name="kandidaten.csv"), SHEETS["candidates"])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("stated", ["", "sep=;\n"])
def test_every_usual_encoding_line_end_and_sep_line_reads_alike(encoding, ends, stated):
    found = parsed((stated + PLAIN).replace("\n", ends).encode(encoding))
    assert found.count.accepted == 2
    assert [found.value("municipality", row) for row in range(2)] == ["sudwest-fryslan", "delft"]
    assert found.value("motivation", 0) == "graag; en snel"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_the_delimiter_is_found_by_the_headers(delimiter):
    found = parsed(CANDIDATES.replace(";", delimiter))
    assert found.count.accepted == 2
    assert found.value("hours_max", 0) == 24.0


@pytest.mark.parametrize(
    ("body", "key"),
    [
        ('K-1;Delft;"open\nK-2;Delft;\n', "open_quote"),
        ("K-1;Delft\nK-2;Delft;\n", "ragged"),
        ("K-1;Delft;x;y\nK-2;Delft;\n", "ragged"),
        ('K-1;Delft;"a"b\nK-2;Delft;\n', "open_quote"),
        ("K-1;De\x00lft;\nK-2;Delft;\n", "control_character"),
    ],
)
def test_a_damaged_row_is_refused_alone(body, key):
    found = parsed(f"kandidaat;gemeente;motivatie\n{body}")
    assert (found.count.read, found.count.accepted, found.count.refused) == (2, 1, 1)
    assert [problem.sentence.key for problem in found.problems if problem.row == 2] == [f"intake.{key}"]


def test_a_quoted_cell_may_hold_line_ends_and_rows_keep_their_line_numbers():
    found = parsed('kandidaat;motivatie\nK-1;"een\ntwee"\nK-2;x\n')
    assert found.raw.rows.tolist() == [2, 4]
    assert found.value("motivation", 0) == "een\ntwee"


def test_an_open_quote_that_closes_rows_later_does_not_swallow_them():
    found = parsed('kandidaat;gemeente;motivatie\nK-1;Delft;"x\nK-2;Delft;y\nK-3;Delft;z"\nK-4;Delft;\n')
    assert (found.count.read, found.count.accepted, found.count.refused) == (4, 2, 2)


def test_extra_empty_fields_at_the_end_are_no_fault():
    assert parsed("kandidaat;gemeente\nK-1;Delft;;;\n").count.accepted == 1


def test_one_field_too_many_on_every_row_never_shifts_a_column():
    found = parsed("kandidaat;gemeente\nK-1;Delft;x\nK-2;Delft;y\n")
    assert (found.count.accepted, found.count.refused) == (0, 2)


def test_our_own_mark_against_formulas_is_taken_off_again():
    assert parsed("kandidaat;motivatie\nK-1;'=1+1\nK-2;'gewoon\n").value("motivation", 0) == "=1+1"
    assert parsed("kandidaat;motivatie\nK-2;'gewoon\n").value("motivation", 0) == "'gewoon"


def test_text_once_saved_wrongly_is_named():
    found = parsed("kandidaat;bronorganisatie\nK-1;JosÃ©\n")
    assert "intake.read_twice" in [problem.sentence.key for problem in found.problems]


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"kandidaat;bronorganisatie\nK-1;Jos\xc3\xa9\nK-2;Jos\xe9\n", "mixed_encoding"),
        (b"kandidaat;bronorganisatie\nK-1;Jos\x81\n", "mixed_encoding"),
        (b"iets;anders\n1;2\n", "no_delimiter"),
        ("\ufeffkandidaat".encode("utf-16-le") + b"\x00", "damaged_text"),
    ],
)
def test_a_doubtful_file_is_refused_with_advice(content, key):
    with pytest.raises(InputRefused) as refused:
        parsed(content)
    assert refused.value.sentence.key == f"intake.{key}"


def test_a_line_of_a_million_fields_is_refused_without_cutting_it_up():
    found = parsed("kandidaat;gemeente\nK-1;Delft\n" + ";" * 1_000_000 + "\n")
    assert (found.count.accepted, found.count.refused) == (1, 1)
    assert found.problems[-1].sentence.value("found") == 1_000_001


def test_a_path_that_cannot_exist_is_refused_in_words():
    with pytest.raises(InputRefused, match=r"niet te lezen|bestaat niet"):
        read_pool("een\x00pad.xlsx", as_of=AS_OF)


def test_an_empty_file_is_an_empty_sheet():
    assert parsed(b"").count.read == 0


@given(st.text(alphabet='ab;"\n\r\x00 ', max_size=80))
def test_every_line_of_any_text_ends_up_in_exactly_one_record(text):
    lines = text_lines(text)
    records = list(records_of(lines, ";", 0))
    assert sum(record.lines for record in records) == len(lines)
    assert [record.line for record in records] == sorted({record.line for record in records})


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(st.sampled_from(["K-1", "K-2", "", "K 3"]), st.sampled_from(["16", "x", "", "24,5"])), max_size=12
    )
)
def test_read_is_accepted_plus_refused_plus_blank(rows):
    body = "".join(f"{key};{hours}\n" for key, hours in rows)
    count = parsed(f"kandidaat;uren\n{body}").count
    assert count.balances
    assert count.read == len(rows)
    assert count.blank == sum(key == hours == "" for key, hours in rows)


def damage(text: str, rng: random.Random) -> bytes:
    """Return a text with one to four random kinds of damage, as bytes."""
    signs = ['"', ";", "\n", ",", "\t", "\x00", "\r", "'", "=", "é", "\ufeff", ""]
    for _ in range(rng.randint(1, 4)):
        at, kind = rng.randrange(len(text) + 1), rng.randrange(5)
        end = min(len(text), at + rng.randint(0, 12))
        insert = rng.choice(signs) if kind < 3 else text[at:end] * 2 if kind == 3 else ""
        text = text[:at] + insert + text[end if kind in (1, 4) else at :]
    content = text.encode(rng.choice(["utf-8", "cp1252", "utf-16", "utf-8-sig"]), errors="replace")
    if rng.random() < 0.3:
        at = rng.randrange(len(content) + 1)
        content = content[:at] + bytes([rng.randrange(256)]) + content[at + rng.randint(0, 2) :]
    return content


def seeds(tmp_path) -> list[str]:
    """Return twelve whole files: four shapes of candidates, with three delimiters."""
    from matching.domain.candidate import Candidate
    from matching.intake import cells_of

    rich = [
        cells_of("candidates", Candidate(candidate_id=f"00{n}", hours_max=16.5, skills=frozenset())) for n in range(6)
    ]
    shapes = [
        CANDIDATES,
        PLAIN,
        "\n".join([";".join(rich[0]), *(";".join(row.values()) for row in rich)]) + "\n",
        'kandidaat;motivatie;uren\nK-1;"regel een\nregel twee";8\n;;\nK-9;x;99\n',
    ]
    return [shape.replace(";", delimiter) for shape in shapes for delimiter in (";", "\t", "|")]


def survive(files: int, tmp_path) -> int:
    """Read so many damaged files; return how many were refused whole. Every record of the others is accounted for."""
    rng, refused, texts = random.Random(files), 0, seeds(tmp_path)
    for number in range(files):
        content = damage(texts[number % len(texts)], rng)
        try:
            found = parsed(content)
        except InputRefused as fault:
            assert fault.text("nl") and fault.text("en")
            refused += 1
            continue
        assert found.count.balances
        assert all(problem.sentence.text() for problem in found.problems)
    return refused


def test_damaged_files_never_crash_and_never_lose_a_record(tmp_path):
    assert survive(600, tmp_path) < 360


@pytest.mark.soak
def test_twenty_thousand_damaged_files_never_crash_and_never_lose_a_record(tmp_path):
    assert survive(20_000, tmp_path) < 12_000


def test_a_folder_of_files_becomes_a_pool_and_strange_files_are_named(tmp_path):
    source = folder(tmp_path, behoefte="kandidaat;taakeis\nK-1;geen\n", kandidten="x\n")
    pool = read_pool(source, as_of=AS_OF)
    assert pool.candidate("K-1").needs == ()
    assert pool.candidate("K-2").needs is None
    assert [note.sentence.key for note in read_intake(source).ledger.problems] == ["intake.unknown_file_nearest"]


def test_a_damaged_first_line_does_not_say_how_wide_the_rows_are():
    records = list(records_of(["\x00kapot", "a;b", 'c;"een', 'twee"'], ";", 0))
    assert [record.fields for record in records[1:]] == [("a", "b"), ("c", "een\ntwee")]


def test_zero_bytes_everywhere_are_no_utf_16():
    assert decoded(b"a\x00\x00\x00" * 10, name="x")[1] == "utf-8"
