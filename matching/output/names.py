"""What rules are called on a sheet; a rule without a name of its own is shown by its key."""

from __future__ import annotations

from matching.text import Language, say
from matching.text.catalogue import keys


def rule_name(key: str, language: Language) -> str:
    """Return the name of a rule in words."""
    named = f"rules.name.{key}"
    return say(named).text(language) if named in keys("rules") else key.replace("_", " ")
