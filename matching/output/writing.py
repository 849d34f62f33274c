"""Files are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matching.errors import InputRefused
from matching.text import say


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a temporary path beside `path` that takes its place when the block ends without an error.

    What a link points to is written, and the link stays; a stream such as /dev/stdout receives the whole content and
    is never replaced. Raises InputRefused when the folder cannot be written or the file is held by another program.
    """
    stream = str(path).startswith("/dev/") or (path.exists() and not path.is_file())
    place = path if stream else Path(os.path.realpath(path))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        folder = None if stream else place.parent
        handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=folder)
        os.close(handle)
    except OSError:
        raise InputRefused(say("output.cannot_write", path=str(path))) from None
    temporary = Path(name)
    try:
        yield temporary
        if stream:
            with place.open("ab") as target:
                target.write(temporary.read_bytes())
        else:
            temporary.chmod(0o644)
            temporary.replace(place)
    except OSError:
        raise InputRefused(say("output.cannot_write", path=str(path))) from None
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, content: bytes) -> None:
    """Write bytes to a file, whole or not at all."""
    with whole_file(path) as temporary:
        temporary.write_bytes(content)
