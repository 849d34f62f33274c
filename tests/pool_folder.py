"""A pool written by hand to a folder of text files, the way an officer's folder looks."""

import csv

from matching.intake.columns import SHEETS, tables_of


def written_to_folder(pool, folder):
    """Write every sheet as a semicolon file, through the table of columns only."""
    folder.mkdir()
    for key, rows in tables_of(pool).items():
        if rows:
            with (folder / f"{SHEETS[key].nl}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]), delimiter=";")
                writer.writeheader()
                writer.writerows(rows)
    return folder
