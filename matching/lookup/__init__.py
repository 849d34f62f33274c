"""Spelling variants against closed lists: text proposes a key for a person to confirm, it never decides."""
