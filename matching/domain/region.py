"""Municipalities and labour-market regions (arbeidsmarktregio's) of one year: who refers, and where a place lies.

Region membership: CBS area classification 2026 (CC BY 4.0). Coordinates: GeoNames (CC BY 4.0), the main town, about
3 km accurate; the column `coordinate_source` of the table says which few were set by hand. A region says who refers,
never how far: Zoetermeer lies 13 km from Den Haag and belongs to another region.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from matching.domain.vocabulary import rows
from matching.errors import UnknownName
from matching.text import Language, say


@dataclass(frozen=True, kw_only=True, slots=True)
class Municipality:
    """One municipality of the year of the table.

    `key` is the official CBS name as plain lower-case words with hyphens ("s-gravenhage", "bergen-nh"); `name` is the
    official CBS name itself, suffix included. Latitude and longitude are degrees of the main town.
    """

    key: str
    name: str
    province: str
    region_code: str
    latitude: float
    longitude: float
    year: int

    def label(self, language: Language = "nl") -> str:
        """Return the official name, the same in every language."""
        return self.name


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """One of the 35 labour-market regions, by its CBS code (AMnn; the numbers have gaps).

    `centre` is the key of the usual centre municipality (general knowledge, not the ministerial list). `tile_row` and
    `tile_column` place the region on a map of equal tiles, north at the top and west at the left, counted from 0.
    """

    code: str
    name: str
    centre: str
    tile_row: int
    tile_column: int
    year: int

    def label(self, language: Language = "nl") -> str:
        """Return the name, the same in every language."""
        return self.name


@cache
def municipalities() -> Mapping[str, Municipality]:
    """Return the 342 municipalities by key, in the order of their keys."""
    found = (
        Municipality(
            key=row["key"],
            name=row["label"],
            province=row["province"],
            region_code=row["region_code"],
            latitude=float(row["latitude"]),
            longitude=float(row["longitude"]),
            year=int(row["year"]),
        )
        for row in rows("municipalities")
    )
    return MappingProxyType({municipality.key: municipality for municipality in sorted(found, key=lambda m: m.key)})


@cache
def regions() -> Mapping[str, Region]:
    """Return the 35 regions by CBS code, in the order of their codes."""
    found = (
        Region(
            code=row["code"],
            name=row["label"],
            centre=row["centre"],
            tile_row=int(row["tile_row"]),
            tile_column=int(row["tile_column"]),
            year=int(row["year"]),
        )
        for row in rows("regions")
    )
    return MappingProxyType({region.code: region for region in sorted(found, key=lambda r: r.code)})


def municipality(key: str) -> Municipality:
    """Return one municipality by its key. Raises UnknownName with the nearest key; names are for `matching.lookup`."""
    try:
        return municipalities()[key]
    except KeyError:
        raise UnknownName(say("lookup.municipality"), key, municipalities()) from None


def region(code: str) -> Region:
    """Return one region by its CBS code ("AM21"). Raises UnknownName with the nearest code."""
    try:
        return regions()[code]
    except KeyError:
        raise UnknownName(say("lookup.region"), code, regions()) from None


def region_of(municipality_key: str) -> Region:
    """Return the region that a municipality belongs to. Raises UnknownName for a key that does not exist.

    >>> region_of("zoetermeer").name
    'Zuid-Holland Centraal'
    """
    return region(municipality(municipality_key).region_code)
