"""Match people with an occupational disability to carved work packages."""

__version__ = "0.1.0"
