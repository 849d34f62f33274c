"""From verbs to click commands, with every word in the reader's language."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from matching.cli.options import Option, Verb
from matching.cli.request import REQUEST_FIELDS, Request
from matching.cli.targets import check_targets
from matching.errors import UnknownName
from matching.text import Language, say

VERBS = {
    "demo": "demo",
    "template": "template",
    "check": "check",
    "shortlist": "shortlist",
    "explain": "explain",
    "ask": "ask",
    "carve": "carve",
    "reach": "reach",
    "plan": "plan",
    "place": "place",
    "lookup": "lookup",
    "travel": "travel",
    "import": "import_",
    "export": "export",
    "reveal": "reveal",
    "synth": "synth",
}
"""The verbs in the order in which a new user meets them, and the module of each; a module is imported when called."""


LONGEST_NAME = 255
"""Bytes in the name of a file or folder; no file system we know takes more."""
YEARS = range(2000, 2101)
"""The years that a day of a run can lie in; further off it is a slip of the pen."""


class Root(click.Group):
    """`matching`: knows the names of its verbs and imports one only when it is called."""

    def __init__(self, language: Language) -> None:
        super().__init__("matching", params=[_parameter(option, language) for option in _ROOT_OPTIONS])
        self.language: Language = language

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs that this installation has, in order."""
        return [name for name, module in VERBS.items() if _exists(module)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one verb. Raises UnknownName with the nearest verb."""
        if cmd_name not in self.list_commands(ctx):
            raise UnknownName(say("cli.verb_word"), cmd_name, self.list_commands(ctx))
        found: Verb = import_module(f"matching.cli.{VERBS[cmd_name]}").VERB
        return Command(found, self.language)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the program is for, its verbs and where to start."""
        word = self.language
        formatter.write_usage(ctx.command_path, say("cli.usage_rest").text(word), prefix=_usage(word))
        _paragraph(formatter, say("cli.about").text(word))
        with formatter.section(say("cli.heading.verbs").text(word)):
            formatter.write_dl([(name, say(f"cli.verb.{name}").text(word)) for name in self.list_commands(ctx)])
        _paragraph(formatter, say("cli.start_here").text(word))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help with its help in the reader's language."""
        return _help_option(super().get_help_option(ctx), self.language)


class Command(click.Command):
    """One verb as click sees it."""

    def __init__(self, found: Verb, language: Language) -> None:
        self.found, self.language = found, language
        super().__init__(
            found.name, params=[_parameter(option, language) for option in found.options], callback=self._run
        )

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of the line; an option that counts once may stand there once, so that nothing is ignored."""
        seen: set[str | None] = set()
        for parameter in self.make_parser(ctx).parse_args(list(args))[2]:
            once = isinstance(parameter, click.Option) and not (parameter.multiple or parameter.is_flag)
            if once and parameter.name in seen:
                refused = say("cli.refused.twice", option=parameter.opts[0])
                raise click.UsageError(refused.text(self.language), ctx)
            seen.add(parameter.name)
        return super().parse_args(ctx, args)

    def _run(self, **values: Any) -> int:
        values["language"] = values.get("language") or self.language
        if isinstance(values.get("out"), Path):
            values["out"] = (values["out"],)
        check_targets(self.found, values)
        shared = {name: values.pop(name) for name in REQUEST_FIELDS if name in values}
        return self.found.run(Request(**shared), **values)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage, what the verb does, its options and an example."""
        word = self.language
        arguments = " ".join(_metavar(option, word) for option in self.found.options if option.is_argument)
        rest = f"{arguments} {say('cli.options_word').text(word)}".strip()
        formatter.write_usage(ctx.command_path, rest, prefix=_usage(word))
        _paragraph(formatter, say(f"cli.verb.{self.name}").text(word))
        with formatter.section(say("cli.heading.options").text(word)):
            lines = [(_written(option, word), _described(option, word)) for option in self.found.options]
            formatter.write_dl([*lines, ("--help", say("cli.option.help").text(word))])
        _paragraph(formatter, say(f"cli.example.{self.name}").text(word))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help with its help in the reader's language."""
        return _help_option(super().get_help_option(ctx), self.language)


_ROOT_OPTIONS = (Option(name="--lang", kind="choice", choices=("nl", "en")), Option(name="--debug", kind="flag"))


def _exists(module: str) -> bool:
    return (Path(__file__).parent / f"{module}.py").is_file()


def _usage(language: Language) -> str:
    return f"{say('cli.heading.usage').text(language)}: "


def _paragraph(formatter: click.HelpFormatter, text: str) -> None:
    formatter.write_paragraph()
    for line in text.split("\n"):
        with formatter.indentation():
            formatter.write_text(line)


def _help_option(option: click.Option | None, language: Language) -> click.Option | None:
    if option is not None:
        option.help = say("cli.option.help").text(language)
    return option


def _metavar(option: Option, language: Language) -> str:
    word = _word(option, language)
    return f"[{word}...]" if option.repeat else word if option.required else f"[{word}]"


def _word(option: Option, language: Language) -> str:
    """Return what an argument is called in help, in the reader's language."""
    return say(f"cli.argument.{option.field}").text(language)


def _written(option: Option, language: Language) -> str:
    if option.is_argument:
        return _word(option, language)
    if option.kind == "flag":
        return option.name
    values = {kind: say(f"cli.value.{kind}").text(language) for kind in ("whole", "seconds", "day", "file")}
    values["choice"] = "|".join(option.choices)
    return f"{option.name} {values.get(option.kind, option.name.lstrip('-').upper())}"


def _described(option: Option, language: Language) -> str:
    text = say(option.help).text(language)
    return f"{text} {say('cli.may_repeat').text(language)}" if option.repeat and not option.is_argument else text


def _parameter(option: Option, language: Language) -> click.Parameter:
    kind = _Kind(option, language)
    if option.is_argument:
        count = -1 if option.repeat else 1
        return click.Argument([option.field], type=kind, required=option.required, nargs=count)
    if option.kind == "flag":
        return click.Option([option.name, option.field], is_flag=True)
    names = [option.name, option.field]
    if option.repeat:
        return click.Option(names, type=kind, multiple=True, required=option.required)
    if option.required:
        return click.Option(names, type=kind, required=True)
    return click.Option(names, type=kind, default=option.default)


class _Kind(click.ParamType):  # type: ignore[type-arg]
    """Reads one value and says in the reader's language what is allowed."""

    def __init__(self, option: Option, language: Language) -> None:
        self.option, self.language = option, language
        self.name = option.kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the value read. Raises UsageError or UnknownName in the reader's language."""
        reader: dict[str, Callable[[Any], object]] = {
            "whole": self._whole,
            "seconds": self._seconds,
            "day": self._day,
            "file": self._file,
            "choice": self._choice,
        }
        if value == "" and not (self.option.is_argument and self.option.repeat):
            raise click.BadOptionUsage(self._called, "")
        return reader.get(self.option.kind, str)(value)

    @property
    def _called(self) -> str:
        return _word(self.option, self.language) if self.option.is_argument else self.option.name

    def _whole(self, value: object) -> int:
        text = str(value)
        if not re.fullmatch(r"[+-]?\d{1,18}", text) or int(text) < self.option.smallest:
            raise self._refused("whole", text, smallest=self.option.smallest)
        if self.option.largest is not None and int(text) > self.option.largest:
            raise self._refused("too_large", text, largest=self.option.largest)
        return int(text)

    def _seconds(self, value: object) -> float:
        text = str(value).replace(",", ".")
        if not re.fullmatch(r"\d{1,6}(\.\d{1,3})?", text) or float(text) <= 0:
            raise self._refused("seconds", str(value))
        return float(text)

    def _day(self, value: object) -> dt.date:
        if isinstance(value, dt.date):
            return value
        found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{1,2})-(\d{1,2})-(\d{4})", str(value))
        if found:
            year, month, day, other_day, other_month, other_year = found.groups()
            try:
                asked = dt.date(int(year or other_year), int(month or other_month), int(day or other_day))
            except ValueError:
                raise self._refused("day", str(value)) from None
            if asked.year not in YEARS:
                raise self._refused("year", str(value), first=str(YEARS[0]), last=str(YEARS[-1]))
            return asked
        raise self._refused("day", str(value))

    def _file(self, value: object) -> Path:
        text = str(value)
        if "\0" in text or any(len(part.encode()) > LONGEST_NAME for part in Path(text).parts):
            raise self._refused("file", text[:40])
        return Path(text)

    def _choice(self, value: object) -> str:
        text = str(value).casefold()
        if text not in self.option.choices:
            raise UnknownName(say("cli.value_of", option=self._called), str(value), self.option.choices)
        return text

    def _refused(self, key: str, value: str, **more: object) -> click.UsageError:
        return click.UsageError(say(f"cli.refused.{key}", option=self._called, value=value, **more).text(self.language))


def language_of(arguments: Sequence[str], environment: str | None) -> Language:
    """Return the language asked for by --lang anywhere on the line, else by MATCHING_LANG, else Dutch."""
    asked = environment or ""
    for place, word in enumerate(arguments):
        if word == "--lang" and place + 1 < len(arguments):
            asked = arguments[place + 1]
        elif word.startswith("--lang="):
            asked = word.partition("=")[2]
    return "en" if asked.casefold().startswith("en") else "nl"
