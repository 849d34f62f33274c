"""`matching ask`: whom to call first and what to ask, or what to ask an employer first."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from matching.cli.options import POOL, Option, verb
from matching.cli.request import Request, outcome, read, save_all, scored, screen
from matching.errors import UnknownName
from matching.text import say

if TYPE_CHECKING:
    from matching.advice.questions import CallList, Side

SHOWN_CALLS = 15
"""Calls on the screen; files hold all of them."""


@verb("ask", POOL, Option(name="--about", kind="choice", choices=("candidate", "package"), default="candidate"))
def VERB(request: Request, *, about: str) -> int:  # noqa: N802
    """Print the calls that help most and write all of them to the files asked for."""
    from matching.advice.questions import ask_first
    from matching.output.advice_report import call_list_report, stamp_of_scores
    from matching.output.screen import report_screen

    pool = read(request)
    scores = scored(pool, request)
    side: Side = "package" if about == "package" or (request.package and not request.candidate) else "candidate"
    calls = ask_first(scores, size=request.lines, about=side)
    identity = request.package if side == "package" else request.candidate
    if identity:
        (pool.package if side == "package" else pool.candidate)(identity)
        calls = calls.only(identity)
        if not calls.questions:
            raise UnknownName(say("advice.ask.nothing_open"), identity, ())
    role, language = request.reader, request.language
    stamp = stamp_of_scores(scores, role, package=identity if side == "package" else None)
    screen().print(report_screen(call_list_report(_first(calls), stamp=stamp, role=role, language=language)))
    if request.out:
        save_all(call_list_report(calls, stamp=stamp, role=role, language=language), request, pool)
    return outcome(pool, request)


def _first(calls: CallList) -> CallList:
    return replace(calls, questions=dict(list(calls.questions.items())[:SHOWN_CALLS]))
