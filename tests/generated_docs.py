"""The pages and pictures of the documentation that are made from the code: `python -m tests.generated_docs`.

`pages()` gives the text of every page below `docs/reference` by file name; `pictures()` gives the pictures of the
Dutch explanation. The tests compare both with what is on disk, so that no page can tell something else than the code.
"""

from __future__ import annotations

import dataclasses
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import cache
from pathlib import Path
from types import ModuleType

import click

import matching
from matching.cli.parser import Root
from matching.criteria import CRITERIA
from matching.domain.judging import Outcome, Pair, Reads
from matching.domain.travel import TravelTimes
from matching.domain.vocabulary import TABLES, names, rows, vocabulary
from matching.intake.page import columns_page
from matching.rules import RULES
from matching.scoring.scorecard import load_scorecard, scorecards
from matching.text import say
from matching.text.catalogue import families, keys, template

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "docs" / "reference"
PICTURES = ROOT / "docs" / "uitleg" / "img"
COMMAND = "make docs"
NOT_REVIEWED = "Weights, points and thresholds are expert judgement that practitioners have not reviewed yet."
LIST_ONLY = ("municipalities", "municipality_aliases", "municipality_former", "title_words")
TABLE_ONLY = ("regions", "salary_scales", "travel_modes")


def pages() -> dict[str, str]:
    """Return the text of every generated page by file name."""
    made: dict[str, Callable[[], Iterable[str]]] = {
        "README.md": overview,
        "rules.md": rules_page,
        "criteria.md": criteria_page,
        "vocabularies.md": vocabularies_page,
        "command-line.md": command_line_page,
        "public-api.md": public_api_page,
        "text.md": text_page,
    }
    return {name: page(lines()) for name, lines in made.items()}


def page(lines: Iterable[str]) -> str:
    """Return a page: the lines under a note that it is generated."""
    return "\n".join([f"<!-- Made from the code by `{COMMAND}`; changes by hand are lost. -->", "", *lines]) + "\n"


def overview() -> Iterable[str]:
    """What is in this folder."""
    sentences = sum(len(keys(family)) for family in families())
    return [
        "# Reference",
        "",
        f"Made from the code by `{COMMAND}`; a test fails when a page lags behind.",
        "",
        *table(
            ("page", "what is in it"),
            [
                ("[Rules](rules.md)", f"may they? {len(RULES)} rules: what each says, its settings, its questions"),
                ("[Criteria](criteria.md)", f"how well? {len(CRITERIA)} criteria and their weights, with the reasons"),
                ("[Vocabularies](vocabularies.md)", f"the {len(names())} closed lists of words that are compared"),
                ("[Command line](command-line.md)", f"the {len(verbs())} verbs, in English and Dutch"),
                ("[Public API](public-api.md)", f"the {len(matching.__all__)} names of `import matching`"),
                ("[Text](text.md)", f"{sentences} sentences, each in Dutch and English"),
            ],
        ),
    ]


def rules_page() -> Iterable[str]:
    """Every rule: what it means, when it says what, its settings, questions and remedies."""
    yield from ["# Rules: may they?", ""]
    yield "The outcome of a pair is the worst of its rules: *fits*, *to judge* or *conflict*. An outcome costs no"
    yield "points. Only a known, confirmed conflict excludes; what is unknown never does. The sentences below are what"
    yield "the rules really say about one invented pair that is changed a little each time."
    for key, kind in RULES.items():
        yield from ["", *heading(key, f"rules.name.{key}", kind)]
        excludes = "It can exclude." if kind.can_conflict else "It never excludes."
        fresh = "" if kind.needs_fresh_profile else " It holds whatever the age of the profile."
        yield from ["", excludes + fresh, "", *read_columns(kind.reads), "", *settings(kind)]
        examples = [(outcome, *both(sentence)) for outcome, sentence in rule_sentences(key)]
        yield from ["", *table(("outcome", "English", "Nederlands"), examples)]
        yield from asked(f"rules.{key}")


def criteria_page() -> Iterable[str]:
    """The weights of every scorecard, then every criterion: what it means, its settings and examples."""
    cards = {name: load_scorecard(name) for name in scorecards()}
    weights = {name: {part.key: part for part in card.criteria} for name, card in cards.items()}
    yield from ["# Criteria: how well?", "", NOT_REVIEWED, "Nothing was fitted to outcomes.", ""]
    yield "A total is the sum of weight x points: points are 0 to 1000, the weights of a scorecard add up to 1000."
    yield from ["", "## Weights", ""]
    shown = [(f"[`{key}`](#{key})", *(weight_of(weights[name].get(key)) for name in cards)) for key in CRITERIA]
    yield from table(("criterion", *cards), shown)
    yield from ["", "## Bands", ""]
    limits = [limit.name for limit in dataclasses.fields(next(iter(cards.values())).bands)]
    yield from table(("scorecard", *limits), [(name, *dataclasses.astuple(card.bands)) for name, card in cards.items()])
    for key, kind in CRITERIA.items():
        yield from ["", *heading(key, f"criteria.{key}.name", kind)]
        yield from ["", *read_columns(kind.reads), "", *settings(kind)]
        reasons = [(name, parts[key].weight, parts[key].because) for name, parts in weights.items() if key in parts]
        yield from ["", *table(("scorecard", "weight", "because"), reasons)]
        yield from ["", *table(("case", "low", "points", "high", "English", "Nederlands"), criterion_sentences(key))]
        yield from asked(f"criteria.{key}")


def vocabularies_page() -> Iterable[str]:
    """Every closed list, and the tables behind it."""
    yield from ["# Vocabularies", "", "The closed lists of words that the engine compares. A key never changes; labels"]
    yield "are what people read. Rows marked `expert_judgement` were written for this project and not reviewed by"
    yield "practitioners yet. No item or level is taken from a commercial or medical instrument."
    for name in names():
        title = say(f"vocabulary.{name}")
        yield from ["", f"## `{name}`", "", f"{title.text('en')} / {title.text('nl')}", ""]
        if name in TABLES:
            yield from packaged(TABLES[name])
        else:
            terms = [(f"`{key}`", term.nl, term.en) for key, term in vocabulary(name).items()]
            yield from table(("key", "Nederlands", "English"), terms)
    for name in TABLE_ONLY:
        yield from ["", f"## `{name}`", "", *packaged(name)]
    yield from [
        "",
        "## Long lists",
        "",
        *table(("table", "rows"), [(f"`{name}.csv`", len(rows(name))) for name in LIST_ONLY]),
    ]
    yield from ["", "They are in `matching/domain/tables`."]


def command_line_page() -> Iterable[str]:
    """The help of the program and of every verb, in both languages."""
    yield from ["# Command line", "", "What `matching --help` and `matching VERB --help` say, in English and in Dutch."]
    yield "Exit codes: 0 done, 1 input refused or partly refused, 2 wrong usage."
    yield from ["", "## `matching`", *helped(None)]
    for verb in verbs():
        yield from ["", f"## `matching {verb}`", *helped(verb)]


def public_api_page() -> Iterable[str]:
    """Every public name with its signature or fields and the first sentence about it."""
    yield from ["# Public API", "", "The names of `import matching`; each is loaded when it is first used."]
    for name in matching.__all__:
        found = getattr(matching, name)
        yield from ["", f"## `matching.{name}`", ""]
        if isinstance(found, str):
            yield "The version of this package."
            continue
        yield from described(name, found)


def text_page() -> Iterable[str]:
    """How many sentences there are, by family."""
    counts = [(f"`{family}`", len(keys(family))) for family in families()]
    yield from [
        "# Text",
        "",
        "Every sentence that a person reads stands in `matching/text/catalogue`, by key, in Dutch and",
    ]
    yield "English. Tests check that both have the same places to fill in and that each sentence is said somewhere."
    yield from ["", *table(("family", "sentences"), [*counts, ("together", sum(count for _, count in counts))])]


def table(head: Iterable[object], body: Iterable[Iterable[object]]) -> list[str]:
    """Return a Markdown table."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *body]
    return ["| " + " | ".join(cell(value) for value in line) + " |" for line in lines]


def cell(value: object) -> str:
    """Return a value as one cell of a table."""
    return str(value).replace("|", "\\|").replace("\n", "<br>")


def both(sentence: object) -> tuple[str, str]:
    """Return a sentence in English and Dutch."""
    return sentence.text("en"), sentence.text("nl")


def heading(key: str, name: str, kind: type) -> list[str]:
    """Return the heading of a rule or criterion, its name in both languages and its docstring."""
    return [f"## `{key}`", "", f"*{template(name, 'en')}* / *{template(name, 'nl')}*", "", inspect.getdoc(kind) or ""]


def read_columns(reads: Reads) -> list[str]:
    """Return which columns of each side it reads; nothing else can change its answer."""
    sides = {"candidate": reads.candidate, "work package": reads.package}
    return [
        f"- reads of the {side}: {', '.join(f'`{name}`' for name in found) or 'nothing'}"
        for side, found in sides.items()
    ]


def settings(kind: type) -> list[str]:
    """Return the settings of a rule or criterion with their defaults."""
    found = [(f"`{field.name}`", f"`{default_of(field)}`") for field in dataclasses.fields(kind)]
    return table(("setting", "default"), found) if found else ["It has no settings."]


def default_of(field: dataclasses.Field[object]) -> str:
    """Return the default of a field as text; empty when it has none."""
    if field.default_factory is not dataclasses.MISSING:
        return default_text(field.default_factory())
    return "" if field.default is dataclasses.MISSING else default_text(field.default)


def default_text(value: object) -> str:
    """Return a default as text that is the same in every run."""
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(map(repr, value))) + "}"
    return repr(value)


def weight_of(part: object) -> object:
    """Return the weight of a part of a scorecard, or a dash."""
    return "-" if part is None else part.weight


def asked(prefix: str) -> list[str]:
    """Return the questions and the smallest changes that a rule or criterion can name."""
    lines: list[str] = []
    for title, begin in (("What it asks", "ask"), ("What would change it", "remedy")):
        family = prefix.partition(".")[0]
        found = [key for key in keys(family) if key.startswith(f"{prefix}.{begin}")]
        if found:
            said = [(template(key, "en"), template(key, "nl")) for key in found]
            lines += ["", f"{title}:", "", *table(("English", "Nederlands"), said)]
    return lines


@cache
def loaded(path: str) -> ModuleType:
    """Return one file of the tests as a module, whatever else bears its name."""
    name = "docs_" + path.replace("/", "_").removesuffix(".py")
    spec = importlib.util.spec_from_file_location(name, ROOT / "tests" / path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def fitting_pair(travel: TravelTimes, candidate: Mapping[str, object], package: Mapping[str, object]) -> Pair:
    """Return the fully known, fitting pair of the tests with some changes."""
    shared = loaded("conftest.py")
    return Pair(
        candidate=dataclasses.replace(shared.known_candidate.__wrapped__(), **candidate),
        package=dataclasses.replace(shared.archive_package.__wrapped__(), **package),
        as_of=shared.AS_OF,
        travel=travel,
    )


def rule_sentences(key: str) -> list[tuple[str, object]]:
    """Return what a rule says in each of its tested cases, by outcome; a sentence stands once."""
    found: dict[str, tuple[str, object]] = {}
    for case in loaded("rules/rules_cases.py").CASES:
        if case.rule == key:
            rule, pair = RULES[key](), fitting_pair(TravelTimes(case.travel), case.candidate, case.package)
            verdicts = rule.judge(pair.sides(rule.reads))
            outcome = Outcome(int(verdicts.outcome[0, 0]))
            sentence = rule.reason(pair, outcome)
            named = outcome.name.lower().replace("_", " ") + (", unknown" if verdicts.unknown[0, 0] else "")
            found.setdefault(named + sentence.text("en"), (named, sentence))
    order = {outcome.name.lower().replace("_", " "): outcome for outcome in Outcome}
    return sorted(found.values(), key=lambda one: order[one[0].partition(",")[0]])


def criterion_sentences(key: str) -> list[tuple[object, ...]]:
    """Return the points and the reason of a criterion in each of its tested cases; a sentence stands once."""
    cases, found = loaded("criteria/criteria_cases.py"), {}
    for case in cases.CASES[key]:
        pair = fitting_pair(cases.MATRIX, case.candidate, case.package)
        sentence = CRITERIA[key]().reason(pair)
        found.setdefault((case.points, sentence.text("en")), (case.kind, *case.points, *both(sentence)))
    return list(found.values())


def packaged(name: str) -> list[str]:
    """Return one packaged table in full."""
    found = rows(name)
    return table(found[0], [list(row.values()) for row in found])


def verbs() -> list[str]:
    """Return the verbs of the command line, in order."""
    root = Root("en")
    return root.list_commands(click.Context(root))


def helped(verb: str | None) -> list[str]:
    """Return the help of a verb, or of the program, in both languages at a fixed width."""
    lines: list[str] = []
    for language in ("en", "nl"):
        root = Root(language)
        context = click.Context(root, info_name="matching", terminal_width=80)
        command = root if verb is None else root.get_command(context, verb)
        if verb is not None:
            context = click.Context(command, info_name=f"matching {verb}", terminal_width=80)
        lines += ["", "```text", *(line.rstrip() for line in command.get_help(context).splitlines()), "```"]
    return lines


def described(name: str, found: object) -> list[str]:
    """Return a public class with its fields and methods, or a function with its signature."""
    first = first_sentence(found)
    if not isinstance(found, type):
        return ["```python", f"{name}{signature(found)}", "```", "", first]
    if issubclass(found, Enum):
        return [first, "", ", ".join(f"`{member.name}`" for member in found)]
    lines = [first]
    if dataclasses.is_dataclass(found) and dataclasses.fields(found):
        fields = [
            (f"`{one.name}`", f"`{one.type}`", f"`{default_of(one)}`" if default_of(one) else "")
            for one in dataclasses.fields(found)
        ]
        lines += ["", *table(("field", "type", "default"), fields)]
    methods = [(f"`{text}`", first_sentence(member)) for text, member in public_members(found)]
    return [*lines, "", *table(("member", "what it gives"), methods)] if methods else lines


def public_members(kind: type) -> list[tuple[str, object]]:
    """Return the public methods and properties of a class as text and object, in alphabetical order."""
    fields = {one.name for one in dataclasses.fields(kind)} if dataclasses.is_dataclass(kind) else set()
    found: list[tuple[str, object]] = []
    for name in sorted(set(dir(kind)) - fields - set(dir(Exception))):
        member = inspect.getattr_static(kind, name)
        if name.startswith("_") or not inspect.getdoc(member) or not hasattr(member, "__doc__"):
            continue
        function = member.__func__ if isinstance(member, classmethod | staticmethod) else member
        if inspect.isfunction(function):
            found.append((f".{name}{signature(function, method=not isinstance(member, staticmethod))}", function))
        elif isinstance(member, property) or hasattr(member, "func"):
            found.append((f".{name}", member))
    return found


class AsWritten(str):
    """A text that shows itself without quotes, for annotations."""

    __slots__ = ()
    __repr__ = str.__str__


def signature(function: Callable[..., object], *, method: bool = False) -> str:
    """Return a signature as it stands in the code, without self."""
    found = inspect.signature(function)
    shown = [one.replace(annotation=AsWritten(one.annotation)) for one in found.parameters.values()]
    result = AsWritten(found.return_annotation)
    return str(found.replace(parameters=shown[1 if method else 0 :], return_annotation=result))


def first_sentence(thing: object) -> str:
    """Return the first sentence of a docstring on one line."""
    text = " ".join((inspect.getdoc(thing) or "").split("\n\n")[0].split())
    end = text.find(". ")
    return text if end < 0 else text[: end + 1]


def pictures() -> dict[str, object]:
    """Return the pictures of the Dutch explanation by file name, drawn from the shipped synthetic data."""
    from matching.output.roles import Role
    from matching.output.save import picture_of

    pool = matching.read_pool(ROOT / "data" / "synthetic", as_of=loaded("conftest.py").AS_OF)
    scores = matching.score(pool)
    shortlist = scores.shortlist("WP-0018", size=8)
    things = {
        "ontbreekt": pool,
        "shortlist": shortlist,
        "waarom": shortlist.lines[0].fit,
        "voorstel": matching.Assignment(scores, with_agreements=False).solve(seconds=60),
    }
    return {
        f"{name}.svg": picture_of(thing, language="nl", role=Role.LIAISON, scores=scores)
        for name, thing in things.items()
    }


def main() -> None:
    """Write every page and picture."""
    REFERENCE.mkdir(parents=True, exist_ok=True)
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
    (PICTURES.parent / "kolommen.md").write_text(columns_page(), encoding="utf-8")
    for name, picture in pictures().items():
        picture.write(PICTURES / name)


if __name__ == "__main__":
    main()
