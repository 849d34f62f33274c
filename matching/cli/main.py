"""The command line: one place where a problem becomes a sentence and an exit code.

Exit 0 done, 1 input refused or partly refused, 2 wrong usage, 70 something that should not happen, 130 stopped.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from matching.cli.parser import Root, language_of
from matching.cli.printing import let_go, put_beside
from matching.cli.usage import usage_text
from matching.errors import MatchingError
from matching.text import Language, say

UNEXPECTED = 70
STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    sys.exit(run(sys.argv[1:] if arguments is None else arguments))


def run(arguments: Sequence[str]) -> int:
    """Run the command line and return its exit code; nothing but a sentence ever reaches the user."""
    given = list(arguments) or ["--help"]
    language = language_of(given, os.environ.get("MATCHING_LANG"))
    _open_closed_streams()
    _forgive_narrow_streams()
    try:
        code = Root(language).main(given, prog_name="matching", standalone_mode=False)
        return _flushed(language, code if isinstance(code, int) else 0)
    except SystemExit:  # click leaves so when whoever read its help has gone
        return 0
    except (KeyboardInterrupt, click.Abort):
        return _failed(say("cli.stopped").text(language), STOPPED)
    except MatchingError as problem:
        return _failed(_error(problem.text(language), language), problem.exit_code)
    except click.UsageError as problem:
        return _failed(_error(usage_text(problem, language), language), 2)
    except click.ClickException as problem:
        return _failed(_error(problem.format_message(), language), 2)
    except Exception as problem:
        if isinstance(problem, OSError) and problem.errno == errno.ENOSPC:
            return _cannot_show(language)
        if "--debug" in given:
            raise
        return _failed(_error(_unexpected(problem, language), language), UNEXPECTED)


def _open_closed_streams() -> None:
    """Give the program streams that lead nowhere where the caller closed them."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            stream = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115 - lives as long as the program
            setattr(sys, name, stream)


def _forgive_narrow_streams() -> None:
    """Let a stream that knows few letters (an old Windows pipe) show a question mark instead of losing the result."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def _flushed(language: Language, code: int) -> int:
    """Return the exit code once everything is shown; 1 when it could not be, such as on a full disk."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        let_go(sys.stdout)
    except OSError:
        return _cannot_show(language)
    return code


def _cannot_show(language: Language) -> int:
    let_go(sys.stdout)
    return _failed(_error(say("cli.cannot_show").text(language), language), 1)


def _failed(text: str, code: int) -> int:
    put_beside(f"{text}\n")
    return code


def _error(text: str, language: Language) -> str:
    return say("cli.error", text=text).text(language)


def _unexpected(problem: Exception, language: Language) -> str:
    """Name the kind of problem and the line of our code, never its message: that may hold a person's data."""
    place, frame = "?", problem.__traceback__
    while frame is not None:
        file = Path(frame.tb_frame.f_code.co_filename)
        if "matching" in file.parts:
            place = f"{file.name}:{frame.tb_lineno}"
        frame = frame.tb_next
    return say("cli.unexpected", reference=f"{type(problem).__name__}-{place}").text(language)


if __name__ == "__main__":
    main()
