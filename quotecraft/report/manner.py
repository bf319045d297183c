"""Sections on how they are heard: stance, place, change, comparison, words, ties."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from attrs import evolve

from quotecraft.analysis import (
    Article,
    Collection,
    Count,
    DistinctiveWord,
    Odds,
    Table,
    change,
    compare,
    distinctive_words,
    network,
    positions,
    stances,
    trends,
    verbs,
)
from quotecraft.analysis.dates import Every
from quotecraft.plots import (
    article_positions,
    speaker_network,
    timeline,
    verb_stance,
    word_contrast,
)
from quotecraft.report.blocks import (
    Section,
    cell,
    count,
    figure,
    percent,
    signed,
    table,
)

__all__ = ["compared", "manner", "over_time", "placed", "tied", "worded"]

_SURE = 0.05  # q-value: at most one in twenty of the rows shown as different is so by chance
_FEW = 5  # articles that a side needs to be compared
_SPOKEN = 50  # quotations that a side needs for its words to be told
_ROWS, _PLAIN = 10, 5  # cues shown that take a stance, and neutral ones


def manner(collection: Collection) -> Section:
    """Say how sources are introduced: who says, who claims."""
    found = stances(collection)
    cues = verbs(collection)
    clear = [row for row in cues if row.q_value < _SURE and row.odds_ratio is not None]
    clear.sort(key=lambda row: row.q_value)
    telling = [row for row in clear if row.stance != "neutral"]
    plain = [row for row in clear if row.stance == "neutral"]
    rows = [
        (
            cell(row.group),
            f"{'“' + cell(row.item) + '”'} <small>{cell(row.stance)}</small>",
            f"{percent(row.share)} <small>{row.group_count:,}</small>",
            f"{percent(row.other_share)} <small>{row.other_count:,}</small>",
            _odds(row.odds_ratio),
            f"{_odds(row.low)}–{_odds(row.high)}",
        )
        for row in (*telling[:_ROWS], *plain[:_PLAIN])
    ]
    lead = (
        f"Of the quotations that have a cue verb, {percent(_marked(found))} are introduced by one "
        "that takes a stance: “insisted”, “claimed”, “denied”, “called for”. The rest are neutral, "
        "such as “said”."
    )
    caption = "Share of each kind of source’s quotations whose cue verb takes a stance"
    drawn = figure(verb_stance(found, title=""), caption, "stance")
    body = ""
    if rows:
        body = table(
            ("Source", "Cue", "Of theirs", "Of others’", "Odds ratio", "95 % interval"),
            rows,
            caption="Cues that a kind of source has clearly more or less often than all others "
            f"({len(clear):,} in all, false discovery rate 5 %): first those that take a stance.",
            text=(0, 1),
        )
    care = (
        "A difference between kinds of sources need not be a reporter’s choice: documents “show”, "
        "people “say”.",
    )
    return Section(
        "manner", "How their words are introduced", lead, drawn, body, (found, cues), care
    )


def _marked(found: Table[Odds]) -> float:
    totals = {row.group: row.group_total for row in found}
    taken = sum(row.group_count for row in found if row.item != "neutral")
    return taken / (sum(totals.values()) or 1)


def _odds(value: float | None) -> str:
    if value is None:
        return "∞"
    return f"{value:.2f}" if value < 1 else f"{value:.1f}"


def placed(collection: Collection) -> Section:
    """Say where in the article each kind of source is heard."""
    found = positions(collection, "source_type")
    caption = "Where in the article each kind of source’s quotations begin; dashed: evenly spread"
    first = {row.value: row.quotes for row in found if row.bin == 0}
    total = sum(first.values())
    most = max(first, key=lambda name: first[name], default="")
    lead = "No quotation was found."
    if total:
        lead = (
            f"In the first tenth of an article {count(total, 'quotation')} begin; the largest part "
            f"is by sources of the kind “{cell(most)}” ({percent(first[most] / total)})."
        )
    care = (
        "Reporters tend to put first what they think matters most, but not in every genre: an "
        "interview or a feature may open with scenery.",
    )
    drawn = figure(article_positions(found, title=""), caption, "place")
    title = "Where in the article they are heard"
    return Section("place", title, lead, drawn, tables=(found,), caveats=care)


def over_time(collection: Collection) -> Section | None:
    """Say what changes over time; nothing where fewer than three periods are dated."""
    days = sorted(a.date for a in collection.articles if a.date is not None)
    if not days:
        return None
    every: Every = "year"
    for unit, most in (("week", 70), ("month", 800), ("quarter", 2200)):
        if (days[-1] - days[0]).days <= most:
            every = unit  # type: ignore[assignment]  # one of the literals above
            break
    found = change(collection, "source_type", every=every)
    if len({row.period for row in found if row.articles}) < 3:
        return None
    directions = trends(found.where(counted=Count.QUOTES))
    rows = [
        (
            cell(row.value),
            signed(100 * row.slope, 1),
            f"{signed(100 * row.low, 1)} to {signed(100 * row.high, 1)}",
            signed(row.tau, 2),
            _p(row.q_value),
        )
        for row in directions
    ]
    caption = f"Share of quotations by kind of source, a {every} at a time, with 95 % intervals"
    drawn = figure(timeline(found, title=""), caption, "time")
    sure = [row for row in directions if row.q_value < _SURE]
    told = ", ".join(f"“{cell(r.value)}” {'rises' if r.slope > 0 else 'falls'}" for r in sure)
    lead = f"From {days[0]} to {days[-1]}: " + (
        f"the share of {told}." if sure else "no kind of source rises or falls clearly."
    )
    body = ""
    if rows:
        body = table(
            ("Source", f"Change a {every}, points", "95 % interval", "Kendall’s tau", "q-value"),
            rows,
            caption="Whether shares rise or fall. Points are percentage points.",
        )
    care = ("What is reported on changes over time, too, and brings other sources with it.",)
    return Section("time", "Change over time", lead, drawn, body, (found, directions), care)


def _outlets(collection: Collection) -> dict[str, int]:
    """Return the two outlets with the most articles, if both have enough."""
    every = (a.metadata.get("outlet") for a in collection.articles)
    found = Counter(str(outlet) for outlet in every if outlet)
    most = {name: number for name, number in found.most_common(2) if number >= _FEW}
    return most if len(most) == 2 else {}


def compared(collection: Collection) -> Section | None:
    """Set the two outlets with the most articles side by side; nothing where there are none."""
    found = _outlets(collection)
    most = list(found)
    if len(most) < 2:
        return None
    sides = [_of_outlet(collection, name) for name in most]
    differences = compare(sides[0], sides[1], counted=[Count.SOURCES])
    rows = [
        (
            cell(row.measure),
            _value(row.measure, row.first),
            _value(row.measure, row.second),
            _bounds(row.measure, row.low, row.high),
            _p(row.q_value),
        )
        for row in differences
    ]
    clear = sum(row.q_value < _SURE for row in differences)
    lead = (
        f"The two outlets with the most articles are {cell(most[0])} ({found[most[0]]:,}) and "
        f"{cell(most[1])} ({found[most[1]]:,}). They differ clearly on {clear} of "
        f"{count(len(differences), 'measure')} (false discovery rate 5 %)."
    )
    body = table(("", most[0], most[1], "Difference, 95 % interval", "q-value"), rows)
    care = (
        "The articles were not chosen to be alike: a difference may be one of topics, or of the "
        "length of articles, rather than of habits.",
        "More articles bring more speakers: the effective numbers are those of the articles read. "
        "The test takes into account that one outlet has more of them; the numbers do not.",
    )
    return Section("outlets", "Two outlets side by side", lead, "", body, (differences,), care)


def _of_outlet(collection: Collection, name: str) -> Collection:
    def own(article: Article) -> bool:
        return (
            article.metadata.get("outlet") is not None and str(article.metadata["outlet"]) == name
        )

    return evolve(
        collection,
        articles=tuple(a for a in collection.articles if own(a)),
        utterances=tuple(u for u in collection.utterances if own(u.article)),
        nested=tuple(u for u in collection.nested if own(u.article)),
    )


def _value(measure: str, value: float) -> str:
    return percent(value) if "share" in measure else f"{value:,.1f}"


def _bounds(measure: str, low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return "–"
    if "share" in measure:
        return f"{signed(100 * low)} to {signed(100 * high)} points"
    return f"{signed(low, 1)} to {signed(high, 1)}"


def _p(value: float) -> str:
    return "&lt;0.001" if value < 0.001 else f"{value:.3f}"


def _contrasts(collection: Collection) -> Iterator[tuple[str, str, str, str]]:
    """Yield the contrasts whose words are worth telling: column, two values, in words."""
    most = list(_outlets(collection))
    kinds = Counter(u.voice.source_type.value for u in collection.utterances if u.voice is not None)
    if min(kinds["named"], kinds["institution"]) >= _SPOKEN:
        yield ("source_type", "named", "institution", "Named people against institutions")
    if len(most) == 2:
        yield ("metadata:outlet", most[0], most[1], f"{most[0]} against {most[1]}")


def worded(collection: Collection) -> Section | None:
    """Say whose words are whose; nothing where sides are too small."""
    body = ""
    tables: list[Table[DistinctiveWord]] = []
    for number, (by, first, second, told) in enumerate(_contrasts(collection)):
        found = distinctive_words(collection, by, first, second)
        if len(found):
            tables.append(found)
            chart = word_contrast(found, title="")
            body += figure(chart, f"{told}: log-odds ratio of words, 95 % intervals", f"w{number}")
    if not tables:
        return None
    lead = (
        "Words that mark one side against the other, the clearest first. Where an interval crosses "
        "the line in the middle, it may be chance."
    )
    care = (
        "Words stand for topics as much as for manners of speech. Words of one article only are "
        "left out, but a long interview still weighs more than a short remark.",
    )
    if len(tables) > 1:
        pair = f'<div class="pair">{body}</div>'
        return Section("words", "Whose words", lead, "", pair, tuple(tables), care)
    return Section("words", "Whose words", lead, body, "", tuple(tables), care)


def tied(collection: Collection) -> Section | None:
    """Draw who speaks to and about whom; nothing where hardly anybody does."""
    found = network(collection)
    if sum(edge.count > 1 for edge in found) < 3:
        return None
    caption = "The strongest ties between speakers; an arrow runs from who speaks"
    rows = [
        (cell(e.source), cell(e.relation.value), cell(e.target), f"{e.count:,}", f"{e.articles:,}")
        for e in found.head(8)
    ]
    drawn = figure(speaker_network(found, top=16, title=""), caption, "ties")
    heads = ("Speaker", "", "Of whom, to whom", "Quotations", "Articles")
    body = table(heads, rows, text=(0, 1, 2))
    lead = (
        f"{count(len(found), 'pair')} of speakers are tied: one quotes, addresses or mentions the "
        "other. A dot’s size is the number of ties."
    )
    care = (
        "Only people who speak or are spoken to in an article are looked for in others’ words.",
    )
    return Section("ties", "Who speaks to and about whom", lead, drawn, body, (found,), care)
