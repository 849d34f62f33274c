"""Wrong usage, in the reader's language: what was found, what is allowed, what to do."""

from __future__ import annotations

import click

from matching.errors import MatchingError, nearest
from matching.text import Language, Sentence, say


class WrongUsage(MatchingError):
    """Options that do not go together."""

    exit_code = 2


def usage_text(problem: click.UsageError, language: Language) -> str:
    """Return a usage error as sentences, ending with where to read more."""
    path = problem.ctx.command_path if problem.ctx else "matching"
    more = say("cli.see_help", command=path).text(language)
    found = _sentence(problem, language)
    return f"{found.text(language) if found else problem.format_message()}\n{more}"


def _sentence(problem: click.UsageError, language: Language) -> Sentence | None:
    if isinstance(problem, click.NoSuchOption):
        near = nearest(problem.option_name, problem.possibilities or ())
        key = "no_such_option_nearest" if near else "no_such_option"
        return say(f"cli.refused.{key}", option=problem.option_name, nearest=near or "")
    if isinstance(problem, click.MissingParameter):
        return say("cli.refused.missing", option=_name(problem.param, language))
    if isinstance(problem, click.BadOptionUsage):
        return say("cli.refused.no_value", option=problem.option_name)
    if isinstance(problem, click.BadParameter):
        return None
    if "extra argument" in problem.message:
        words = problem.message.partition("(")[2].rstrip(")") or "?"
        return say("cli.refused.too_many", words=words)
    return None


def _name(parameter: click.Parameter | None, language: Language) -> str:
    if parameter is None:
        return "?"
    if isinstance(parameter, click.Option):
        return parameter.opts[0]
    return say(f"cli.argument.{parameter.name}").text(language)
