"""Every sentence an officer can read, by key, in Dutch and English; nothing else formats prose."""

from matching.text.sentence import LANGUAGES, Labelled, Language, Sentence, duration, say, shown, together

__all__ = ["LANGUAGES", "Labelled", "Language", "Sentence", "duration", "say", "shown", "together"]
