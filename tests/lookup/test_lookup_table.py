"""Look-ups as rows of a table."""

from matching.lookup.catalogue import Catalogue
from matching.lookup.table import lookup_rows


def test_a_municipality_row_has_a_region():
    assert lookup_rows("municipality", ["den haag"]) == [
        {
            "query": "den haag",
            "status": "found",
            "keys": "s-gravenhage",
            "label": "'s-Gravenhage",
            "region": "AM21",
            "score": 100.0,
        }
    ]


def test_several_keys_stand_in_one_cell_with_semicolons():
    row = lookup_rows("municipality", ["Bergen"])[0]
    assert (row["status"], row["keys"], row["label"], row["region"]) == ("ambiguous", "bergen-l;bergen-nh", "", "")


def test_a_title_row_has_no_region_and_uses_the_catalogue_given():
    row = lookup_rows("title", ["kok"], Catalogue.of([("7", "kok")]))[0]
    assert list(row) == ["query", "status", "keys", "label", "score"]
    assert row["keys"] == "7"


def test_a_skill_row_uses_the_skills_of_the_package():
    assert lookup_rows("skill", ["heftruck rijden"])[0]["keys"] == "forklift_driving"
