"""`python -m matching` is the command `matching`, for who has no folder of scripts on the path."""

from __future__ import annotations

from matching.cli.main import main

if __name__ == "__main__":
    main()
