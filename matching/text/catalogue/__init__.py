"""The sentences themselves: one TOML file per family, each key with a Dutch and an English text."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

__all__ = ["families", "keys", "template"]


@cache
def _family(name: str) -> dict[str, dict[str, str]]:
    source = files(__package__).joinpath(f"{name}.toml")
    found: dict[str, dict[str, str]] = {}
    _flatten(tomllib.loads(source.read_text(encoding="utf-8")), name, found)
    return found


def _flatten(branch: dict[str, object], path: str, found: dict[str, dict[str, str]]) -> None:
    if branch and all(isinstance(value, str) for value in branch.values()):
        found[path] = {str(key): str(value) for key, value in branch.items()}
        return
    for key, value in branch.items():
        if isinstance(value, dict):
            _flatten(value, f"{path}.{key}", found)


def template(key: str, language: str) -> str:
    """Return the text with its {places} of one key. Raises KeyError when the key or the language is absent."""
    try:
        return _family(key.partition(".")[0])[key][language]
    except (KeyError, FileNotFoundError):
        raise KeyError(f"no {language} text for {key!r} in the catalogue") from None


def families() -> list[str]:
    """Return the names of the families, alphabetical."""
    return sorted(
        item.name.removesuffix(".toml") for item in files(__package__).iterdir() if item.name.endswith(".toml")
    )


def keys(family: str) -> list[str]:
    """Return every key of one family, alphabetical."""
    return sorted(_family(family))
