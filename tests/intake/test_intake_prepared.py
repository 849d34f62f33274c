"""A prepared pool is the same pool or a sentence: never another pool, never a traceback, never code."""

from __future__ import annotations

import dataclasses
import io
import json
import pickle
import random
import sys
import zipfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from intake_files import AS_OF, CANDIDATES, PACKAGES, folder

sys.path.insert(0, str(Path(__file__).parents[1]))
from strategies import pools

import matching
from matching.domain.candidate import Candidate, Need
from matching.domain.columns import Column
from matching.domain.pool import Pool, canonical
from matching.domain.work_package import WorkPackage
from matching.errors import InputRefused
from matching.intake import check, read_pool
from matching.intake.prepared import FORMAT, HEAD, PARTS, checksum, packed, unpacked
from matching.output.roles import RoleRefused
from matching.scoring.scorecard import score

SHIPPED = Path(__file__).parents[2] / "data" / "synthetic"


@pytest.fixture(scope="module")
def shipped() -> Pool:
    return read_pool(SHIPPED, as_of=AS_OF)


@pytest.fixture
def small(tmp_path: Path) -> Pool:
    """A pool of two people of three: the third has hours that do not exist."""
    people = CANDIDATES + "K-3;Delft;veertig;\n"
    return read_pool(folder(tmp_path / "small", kandidaten=people, werkpakketten=PACKAGES), as_of=AS_OF)


def assert_same(back: Pool, pool: Pool) -> None:
    """Every cell of every column, what hangs beside the tables and the fingerprint are equal, types included."""
    for ours, theirs in ((pool.candidates, back.candidates), (pool.packages, back.packages)):
        assert list(map(canonical, ours.rows())) == list(map(canonical, theirs.rows()))
    for name in ("as_of", "origin", "agreements", "guides", "decisions", "placements", "travel", "fingerprint"):
        assert getattr(back, name) == getattr(pool, name), name


def changed(pool: Pool, **parts: object) -> bytes:
    """Return a prepared file with other parts under an honest checksum; `head` changes fields of the head."""
    with zipfile.ZipFile(io.BytesIO(packed(pool))) as archive:
        found = {name: archive.read(name) for name in PARTS}
    content = json.loads(found[PARTS[1]])
    found[PARTS[1]] = json.dumps(parts["content"](content)).encode() if "content" in parts else found[PARTS[1]]
    found |= {name: part for name, part in parts.items() if name in PARTS}
    head = json.loads(found[HEAD]) | {"sha256": checksum(found)} | parts.get("head", {})
    return zipped({**found, HEAD: json.dumps(head).encode()})


def zipped(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return target.getvalue()


def refusal(content: bytes) -> str:
    with pytest.raises(InputRefused) as caught:
        unpacked(content, "x.pool")
    return caught.value.sentence.key.removeprefix("intake.prepared.")


def test_the_shipped_pool_comes_back_the_same(shipped: Pool, tmp_path: Path) -> None:
    back = matching.read_pool(matching.save(shipped, tmp_path / "poule.pool"))
    assert_same(back, shipped)
    assert shipped.ledger and back.ledger and back.ledger.balances
    assert (back.ledger.counts, back.ledger.refused) == (shipped.ledger.counts, shipped.ledger.refused)
    assert back.ledger.dropped_columns == shipped.ledger.dropped_columns
    assert (score(back).block(0, 20) == score(shipped).block(0, 20)).all()


@settings(max_examples=25, deadline=None)
@given(pool=pools())
def test_any_pool_comes_back_with_the_same_scores(pool: Pool) -> None:
    back = unpacked(packed(pool), "x.pool")
    assert_same(back, pool)
    assert np.array_equal(score(back).block(0, len(pool.packages)), score(pool).block(0, len(pool.packages)))


@pytest.mark.soak
@settings(max_examples=1_000, deadline=None)
@given(pool=pools(people=8, work=5))
def test_a_thousand_random_pools_come_back(pool: Pool) -> None:
    assert_same(unpacked(packed(pool), "x.pool"), pool)


def test_a_damaged_file_is_refused_or_still_the_same_pool(small: Pool) -> None:
    content, dice = packed(small), random.Random(1)
    found = {"same": 0, "refused": 0}
    for _ in range(400):
        hurt = bytearray(content)
        for _ in range(dice.choice((1, 1, 3, 30))):
            hurt[dice.randrange(len(hurt))] = dice.randrange(256)
        hurt = hurt[: dice.randrange(len(hurt))] if dice.random() < 0.1 else hurt
        try:
            assert unpacked(bytes(hurt), "x.pool").fingerprint == small.fingerprint
            found["same"] += 1
        except InputRefused as problem:
            assert "x.pool" in problem.text("nl") and "x.pool" in problem.text("en")
            found["refused"] += 1
    assert min(found.values()) > 0


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ({"format": FORMAT + 1}, "other_format"),
        ({"made_by": "0.0.1"}, "other_version"),
        ({"vocabularies": "0" * 16}, "other_version"),
        ({"sha256": "0" * 64}, "damaged"),
    ],
)
def test_another_version_asks_for_the_workbook(small: Pool, head: dict[str, object], key: str) -> None:
    assert unpacked(changed(small), "x.pool").fingerprint == small.fingerprint
    assert refusal(changed(small, head=head)) == key


def with_value(field: str, stored: object):
    """Return a change of the content: the distinct values of one column of the candidates become these."""
    place = [found.name for found in dataclasses.fields(Candidate)].index(field)

    def change(content):
        content["candidates"][place] = stored
        return content

    return change


@pytest.mark.parametrize(
    ("field", "stored"),
    [
        ("municipality", [3, "delft"]),
        ("hours_min", ["16", None]),
        ("hours_min", [1e999, None]),
        ("hours_max", []),
        ("candidate_id", ["K-1", "K-1"]),
        ("candidate_id", [None, "K-1"]),
        ("available", ["soon"]),
        ("profile_date", ["20261101"]),
        ("needs", {"parts": [[], [], [], []], "rows": [[0]]}),
        ("needs", "code"),
        ("needs", {"parts": [[], [], [], []], "rows": [[-1], None]}),
        ("needs", {"parts": [["noise"], [1], [], [None]], "rows": [[0], None]}),
        ("never", {"parts": ["noise"], "rows": [[True], None]}),
        ("never", {"parts": ["noise"], "rows": [["noise"], None]}),
        ("agreements", {"parts": [[]] * 8, "rows": [None]}),
        ("register_status", [1]),
    ],
)
def test_what_does_not_fit_its_type_is_refused(small: Pool, field: str, stored: object) -> None:
    assert refusal(changed(small, content=with_value(field, stored))) == "damaged"


def test_a_column_that_must_not_exist_has_no_place(small: Pool) -> None:
    assert (
        refusal(changed(small, content=lambda found: found | {"candidates": [*found["candidates"], [1]]})) == "damaged"
    )


@pytest.mark.parametrize("codes", [b"", b"\xff" * 4 * len(dataclasses.fields(Candidate)), b"123"])
def test_codes_that_stand_for_nothing_are_refused(small: Pool, codes: bytes) -> None:
    assert refusal(changed(small, **{PARTS[2]: codes})) == "damaged"


@pytest.mark.parametrize("name", ["/etc/passwd", "../content.json", "content.pkl", "content.json"])
def test_a_part_with_another_name_is_refused(small: Pool, name: str) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(small))) as archive:
        parts = {entry: archive.read(entry) for entry in PARTS}
    assert refusal(zipped(parts | {"x" + name if name in parts else name: b"1"})) == "damaged"


@pytest.mark.parametrize("part", PARTS)
def test_a_bomb_is_refused_before_it_is_unpacked(small: Pool, part: str) -> None:
    assert refusal(changed(small, **{part: b" " * 20_000_000}) if part != HEAD else bomb(small)) == "too_much"


def bomb(pool: Pool) -> bytes:
    with zipfile.ZipFile(io.BytesIO(packed(pool))) as archive:
        return zipped({name: archive.read(name) for name in PARTS} | {HEAD: b" " * 20_000_000})


def test_content_of_countless_values_is_refused(small: Pool) -> None:
    noise = bytes(random.Random(2).choices(b"[],", k=9_000_000))
    assert refusal(changed(small, **{PARTS[1]: noise})) == "too_much"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06" + bytes(18), b"kandidaat;gemeente\nK-1;Delft\n"])
def test_what_is_no_prepared_pool_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.pool").write_bytes(content)
    with pytest.raises(InputRefused, match="matching check WERKBOEK"):
        matching.read_pool(tmp_path / "x.pool")
    with pytest.raises(InputRefused, match="bestaat niet"):
        matching.read_pool(tmp_path / "y.pool")


def test_only_accepted_rows_are_in_it_and_the_refused_are_counted(small: Pool, tmp_path: Path) -> None:
    path = matching.save(small, tmp_path / "x.pool")
    back = matching.read_pool(path)
    assert back.candidates.ids == ("K-1", "K-2") and b"veertig" not in zipfile.ZipFile(path).read(PARTS[1])
    assert back.ledger and back.ledger.refused == 1
    assert [problem.sentence.value("refused") for problem in back.ledger.problems] == [1]
    again = matching.read_pool(matching.save(back, tmp_path / "y.pool"))
    assert again.ledger == back.ledger


def test_another_day_is_the_day_of_the_run(small: Pool, tmp_path: Path) -> None:
    path, later = matching.save(small, tmp_path / "x.pool"), AS_OF.replace(year=2027)
    assert matching.read_pool(path).as_of == AS_OF
    assert matching.read_pool(path, as_of=later).fingerprint == dataclasses.replace(small, as_of=later).fingerprint


def test_one_person_of_a_prepared_pool_is_made_alone_and_the_same(shipped: Pool) -> None:
    back = unpacked(packed(shipped), "x.pool")
    assert canonical(back.candidates[7]) == canonical(shipped.candidates[7])
    assert canonical(back.packages[3]) == canonical(shipped.packages[3])
    assert "values" not in vars(back.candidates.column("needs")) and "values" not in vars(back.packages.column("tasks"))
    for ours, theirs in ((shipped.candidates, back.candidates), (shipped.packages, back.packages)):
        for name in ours.names:
            texts = theirs.column(name).texts()
            assert texts == [canonical(value) for value in theirs.column(name).values], name


def test_a_prepared_column_travels_to_another_process_as_an_ordinary_one(shipped: Pool) -> None:
    column = unpacked(packed(shipped), "x.pool").candidates.column("needs")
    there = pickle.loads(pickle.dumps(column))
    assert type(there) is Column and there.values == column.values and (there.codes == column.codes).all()


def test_nothing_is_kept_of_who_was_left_out(shipped: Pool) -> None:
    left_out, kept = shipped.candidates.ids[:2]
    found = zipfile.ZipFile(io.BytesIO(packed(shipped.select(candidates=[kept])))).read(PARTS[1])
    assert kept.encode() in found and left_out.encode() not in found


def test_the_report_of_a_prepared_pool_counts_what_that_of_the_files_counts(tmp_path: Path, shipped: Pool) -> None:
    from matching.intake.report import report_of_pool

    files, prepared = check(SHIPPED, as_of=AS_OF), report_of_pool(unpacked(packed(shipped), "x.pool"))
    assert (prepared.completeness, prepared.ledger.counts) == (files.completeness, files.ledger.counts)


def test_a_separate_file_of_needs_goes_with_the_workbook(small: Pool, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="klaargezette pool"):
        matching.read_pool(matching.save(small, tmp_path / "x.pool"), needs=tmp_path)


def test_what_cannot_come_back_the_same_is_not_written(small: Pool, tmp_path: Path) -> None:
    odd = small.candidates.replaced("hours_min", Column.of([np.float64(16), None]))
    for thing in (dataclasses.replace(small, candidates=odd), [small], "pool"):
        with pytest.raises(InputRefused):
            matching.save(thing, tmp_path / "x.pool")
    with pytest.raises(RoleRefused):
        matching.save(small, tmp_path / "x.pool", role="employer")
    assert not list(tmp_path.glob("*.pool"))


def test_whole_and_broken_numbers_stay_what_they_were(tmp_path: Path) -> None:
    people = [
        Candidate(
            candidate_id="K-1", hours_min=16, experience=(("archive", 3),), needs=(Need(demand="noise", level=1),)
        ),
        Candidate(candidate_id="K-2", hours_min=16.0, experience=(("archive", 3.0), ("ict", 1.0)), needs=()),
    ]
    pool = Pool.of(people, [WorkPackage(work_package_id="WP-1")], as_of=AS_OF)
    assert_same(matching.read_pool(matching.save(pool, tmp_path / "x.pool")), pool)
