"""Enters the fitted figures that find speakers in a model's manifest, with their card."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from quotecraft.training.shipping import ship
from quotecraft.weights import Component

__all__ = ["CARD", "FILES", "ship_speakers"]

FILES = (
    *("speakers.json", "speaker_networks.json", "speakers_news.json", "name_kinds.json"),
    "cast.json",
)
"""The files of the component."""

_CARD_FILE = "speakers.md"
_DATA = (
    (
        "Project Dialogism Novel Corpus (Vishnubhotla, Hammond and Hirst 2022)",
        "none stated; released for research; novels mostly in the public domain",
        "kinds of names, ranking, networks, confidences and cast fitted on the 18 novels that are "
        "not held out; "
        "measured on the four that are; no text of it ships",
    ),
    (
        "our own stories: corpora/stories.jsonl",
        "CC BY 4.0",
        "kinds of names, ranking, networks and confidences fitted on them beside the novels; "
        "measured on stories "
        "by another writer, corpora/stories-test.jsonl",
    ),
    (
        "LitBank (Bamman, Popat and Shen 2019; Sims and Bamman 2020), 80 texts",
        "CC BY 4.0",
        "kinds of names, in news and in stories; cast",
    ),
    (
        "English Worldwide Newswire (Shan, Bauer, Carlson and Manning 2023)",
        "none stated; released for research",
        "kinds of names, by its entity labels; whom descriptions mean in 363 articles, by our own "
        "labels (corpora/references.jsonl); how sure links are in news, by our own labels of "
        "sources in 627 articles (corpora/sources.jsonl); no text of it ships",
    ),
    (
        "PolNeAR 1.0 (Newell, Margolin and Ruths 2018)",
        "none stated; released for research",
        "what tells news from conversations; how sure links are in news, by our own labels of "
        "sources in 87 of its training articles (corpora/sources.jsonl); no text of it ships",
    ),
    (
        "UD English-GUM, CC-licensed genres (Zeldes 2017)",
        "CC BY 4.0 (annotation); CC BY or CC BY-SA, by genre (text)",
        "pronouns and descriptions in news, and how sure each pattern is",
    ),
    (
        "our own texts: corpora/dev.jsonl",
        "CC BY 4.0",
        "how sure each pattern is in news; looked at while developing",
    ),
    (
        "our own texts: corpora/train.jsonl, 60 of them",
        "CC BY 4.0",
        "how sure links are in news, by our own labels of sources (corpora/sources.jsonl)",
    ),
)

CARD = """\
# Speakers

Says which person or body each source stands for, and who speaks where no source does. All of it is
readable JSON: linear weights over named features, a network of one hidden layer for each situation
in conversations, shares of patterns that were right, and weights of a linear-chain conditional
random field (`cast.json`) for those who give the people a text mentions themselves
(`quotecraft.speakers.cast`). Nothing in them is a name or a stretch of a text. Gender is never told
from a name.

## Figures

In benchmarks/RESULTS.md, with intervals and commands: PDNC novels by authors that nothing was
fitted on, LitBank, and our own articles. `quotecraft train speakers` prints the cross-validation by
author on the novels that were fitted on, `python -m benchmarks.litbank` that of the cast.

## Limits

- Confidences come from a cross-validation by author; a single book by a new author may be off by
  some points, most where a woman's or a man's pronoun could mean several people present.
- In news a link is as sure as links like it were in labelled articles that few rules were
  developed on and no weight fitted on; whole genres that these lack (verse, minutes, reports of
  law) may be off by more.
- Descriptions that only knowledge of the world joins to a name ("the label") stay apart.
- Dialogue of three and more voices that names nobody is guessed; so are speakers who are known by a
  description alone.
- The cast takes the mentions that it is given as right.
- English only.

## Data

"""


def ship_speakers(folder: Path) -> bool:
    """Enter the fitted files of a model folder in its manifest; say whether all were there.

    Args:
        folder: The model folder, with the files that ``quotecraft train speakers`` made.
    """
    files = {name: folder / name for name in FILES}
    if not all(path.exists() for path in files.values()):
        return False
    today = datetime.now(UTC).date()
    component = Component(
        name="speakers",
        version=today.isoformat().replace("-", "."),
        description="Speakers: who sources stand for, who speaks in conversations",
        licence="MIT",
        date=today.isoformat(),
        files=(),
        card=_CARD_FILE,
        data=tuple({"name": n, "licence": licence, "use": use} for n, licence, use in _DATA),
    )
    data = "\n".join(f"- {name}; licence: {licence}; {use}" for name, licence, use in _DATA)
    ship(folder, component, files, CARD + data + "\n")
    return True
