"""Interviews without labels: paragraphs that ask and paragraphs that answer, in turn.

Newspapers often print the questions of an interview in bold and nothing else to tell them by. What
is left in plain text is their shape: short paragraphs that end in a question mark, again and again,
and after each of them somebody who speaks of "I" or "we".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from quotecraft.detect.turns import Turn
from quotecraft.model import Span

__all__ = ["FIRST_PERSON", "find_interview", "is_question"]

_LEAST_QUESTIONS = 4
_LONGEST_QUESTION = 450  # characters
_LONGEST_ANSWER = 5  # paragraphs from one question to the next
FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|me|us)\b", re.IGNORECASE)
_PERSONAL = 0.6  # of the answers, those that speak in the first person
_MARK_FIRST = re.compile(r"""["“„«‘'`—–-]""")


def find_interview(text: str, paragraphs: Sequence[Span]) -> list[Turn]:
    """Return questions and answers as turns without labels; none unless the text is an interview.

    The last answer is one paragraph, and those after it that go on in the first person.

    Args:
        text: The document's text.
        paragraphs: Its paragraphs.
    """
    questions = [number for number, span in enumerate(paragraphs) if is_question(span.of(text))]
    gaps = [after - before for before, after in pairwise(questions)]
    if len(questions) < _LEAST_QUESTIONS or any(not 1 < gap <= _LONGEST_ANSWER for gap in gaps):
        return []
    end = _end(text, paragraphs, questions[-1] + 1)
    answers = [paragraphs[before + 1 : after] for before, after in pairwise([*questions, end])]
    personal = [any(FIRST_PERSON.search(part.of(text)) for part in answer) for answer in answers]
    if not all(answers) or sum(personal) < _PERSONAL * len(answers):
        return []
    turns = []
    for number, answer in zip(questions, answers, strict=True):
        turns.append(Turn(None, None, (paragraphs[number],), number))
        turns.append(Turn(None, None, tuple(answer), number + 1))
    return turns


def is_question(paragraph: str) -> bool:
    """Say whether a paragraph is a question that stands for itself, without marks around it.

    Args:
        paragraph: Its text.
    """
    short = len(paragraph) <= _LONGEST_QUESTION
    return short and paragraph.endswith("?") and not _MARK_FIRST.match(paragraph)


def _end(text: str, paragraphs: Sequence[Span], start: int) -> int:
    """Return the number of the paragraph after the last answer."""
    end = min(start + 1, len(paragraphs))
    while end < len(paragraphs) and FIRST_PERSON.search(paragraphs[end].of(text)):
        end += 1
    return end
