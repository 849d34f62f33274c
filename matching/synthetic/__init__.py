"""The seeded generator of a synthetic national world: a pool as files would show it, and the truth behind it."""
