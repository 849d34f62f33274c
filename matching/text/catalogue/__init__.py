"""The sentences themselves: one TOML file per family, each key with a Dutch and an English text."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

__all__ = ["families", "has", "keys", "template"]


@cache
def _family(name: str) -> dict[str, dict[str, str]]:
    text = files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8")
    return _one_a_line(text, name) or _parsed(text, name)


def _one_a_line(text: str, name: str) -> dict[str, dict[str, str]] | None:
    """Return the texts of a file that holds one text a line, many times faster than a parser; None for any other."""
    found: dict[str, dict[str, str]] = {}
    own: dict[str, str] = {}
    for line in text.splitlines():
        language, _, value = line.partition(" = ")
        if language in ("nl", "en"):
            said = _said(value)
            if said is None:
                return None
            own[language] = said
        elif line.startswith("[") and line.endswith("]") and not line.startswith("[["):
            own = found[f"{name}.{line[1:-1]}"] = {}
        elif line and not line.startswith("#"):
            return None
    return {key: texts for key, texts in found.items() if texts}


def _said(value: str) -> str | None:
    """Return the text of a TOML string on one line, or None for what only a parser can read."""
    quote, inside = value[:1], value[1:-1]
    if len(value) < 2 or value[-1] != quote or quote not in "\"'":
        return None
    if quote == '"' and "\\" in inside:
        try:
            return str(json.loads(value))
        except ValueError:
            return None
    return None if quote in inside else inside


def _parsed(text: str, name: str) -> dict[str, dict[str, str]]:
    import tomllib

    found: dict[str, dict[str, str]] = {}
    _flatten(tomllib.loads(text), name, found)
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


def has(key: str) -> bool:
    """Return whether the catalogue has a text of this key, "family.rest"."""
    return key in _family(key.partition(".")[0])


def families() -> list[str]:
    """Return the names of the families, alphabetical."""
    return sorted(
        item.name.removesuffix(".toml") for item in files(__package__).iterdir() if item.name.endswith(".toml")
    )


def keys(family: str) -> list[str]:
    """Return every key of one family, alphabetical."""
    return sorted(_family(family))
