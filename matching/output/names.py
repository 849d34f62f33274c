"""What rules, criteria and scorecards are called on a sheet; a key without a name of its own is shown as it is."""

from __future__ import annotations

from matching.text import Language, say


def part_name(key: str, language: Language) -> str:
    """Return the name of a criterion."""
    return _name((f"criteria.{key}.name", f"output.criterion.{key}"), key, language)


def rule_name(key: str, language: Language) -> str:
    """Return the name of a rule."""
    return _name((f"rules.{key}.name", f"output.rule.{key}"), key, language)


def _name(candidates: tuple[str, ...], key: str, language: Language) -> str:
    for candidate in candidates:
        try:
            return say(candidate).text(language)
        except KeyError:
            continue
    return key.replace("_", " ")
