"""Sections on who is heard: what was read, top speakers, kinds of sources, diversity, gender."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quotecraft.analysis import (
    UNATTRIBUTED,
    Collection,
    Count,
    Diversity,
    Index,
    Profile,
    Share,
    SourceType,
    Table,
    diversity,
    gender,
    profiles,
    shares,
    sources,
)
from quotecraft.model import QuoteKind
from quotecraft.model.fields import amount
from quotecraft.plots import gender_balance, share_of_voice
from quotecraft.report.blocks import (
    Section,
    cell,
    count,
    fact,
    facts,
    figure,
    interval,
    percent,
    table,
)

__all__ = ["diverse", "genders", "heard", "kinds", "overview", "unattributed"]

_TOP = 15
_UNSURE = 2 / 3  # fewer than two chances in three, as in quotecraft.display
_COUNTED = {Count.SOURCES: "sources", Count.QUOTES: "quotations", Count.WORDS: "quoted words"}
_KINDS = {
    SourceType.NAMED: ("named people", "a person called by name somewhere in the articles"),
    SourceType.UNNAMED: ("unnamed people", "one person who is only described, “a senior official”"),
    SourceType.INSTITUTION: ("institutions", "ministries, companies, parties, states"),
    SourceType.GROUP: ("groups", "“residents”, “experts”, “critics”: several people, none named"),
    SourceType.DOCUMENT: ("documents", "reports, letters, statements, laws"),
}


def unattributed(collection: Collection) -> float:
    """Return the share of quotations whose speaker is not known."""
    quotes = collection.utterances
    return sum(u.voice is None for u in quotes) / len(quotes) if quotes else 0.0


def overview(collection: Collection, models: Counter[str]) -> Section:
    """Say what was read, in figures."""
    articles, quotes = collection.articles, collection.utterances
    words, quoted = sum(a.words for a in articles), sum(u.words for u in quotes)
    voices = {u.voice.key for u in quotes if u.voice is not None}
    silent = len(articles) - len({id(u.article) for u in quotes})
    kinds = Counter(u.kind for u in quotes)
    rows = [
        ("Articles", f"{len(articles):,}", f"{silent:,} of them quote nobody"),
        ("Dates", _dates(collection), _undated(collection)),
        *_outlets(collection),
        ("Words", f"{words:,}", f"{percent(quoted / words if words else 0)} are quoted"),
        (
            "Quotations",
            f"{len(quotes):,}",
            ", ".join(
                f"{percent(kinds[kind] / len(quotes) if quotes else 0)} {kind.value}"
                for kind in QuoteKind
            ),
        ),
        ("Different speakers", f"{len(voices):,}", "people, institutions, groups and documents"),
        (
            "Without a known speaker",
            percent(unattributed(collection)),
            "of the quotations; they are shown as “(unattributed)” and never spread over others",
        ),
    ]
    unsure = sum(u.voice is not None and u.confidence < _UNSURE for u in quotes)
    if quotes:
        share = percent(unsure / len(quotes))
        told = "of the quotations have a speaker whom the model holds with less than 2 chances in 3"
        rows.append(("Uncertain speakers", share, told))
    if models:
        found = ", ".join(f"{cell(name)} ({number:,})" for name, number in models.most_common(3))
        rows.append(("Models", f"{len(models):,}", found))
    return Section("read", "What was read", "", body=table((), rows, text=(0, 2)))


def _dates(collection: Collection) -> str:
    days = sorted(a.date for a in collection.articles if a.date is not None)
    if not days:
        return "–"
    return f"{days[0]}" if days[0] == days[-1] else f"{days[0]} to {days[-1]}"


def _undated(collection: Collection) -> str:
    if collection.undated == len(collection.articles):
        return "no article has a date, so nothing is said about change over time"
    return f"{amount(collection.undated, 'article')} without a date"


def _outlets(collection: Collection) -> Iterator[tuple[str, str, str]]:
    found = Counter(
        str(a.metadata["outlet"]) for a in collection.articles if a.metadata.get("outlet")
    )
    if found:
        most = ", ".join(f"{cell(name)} ({number:,})" for name, number in found.most_common(4))
        yield ("Outlets", f"{len(found):,}", most + (", …" if len(found) > 4 else ""))


def heard(collection: Collection) -> Section:
    """Say who is heard most, counted three ways."""
    found = profiles(collection)
    voiced = shares(collection, "speaker")
    order: dict[Count, list[Share]] = {
        unit: [row for row in voiced if row.counted is unit] for unit in Count
    }
    known = [row for row in order[Count.WORDS] if row.known]
    by_key = {(unit, row.key): row for unit, rows in order.items() for row in rows}
    about = {row.key: row for row in found}
    nobody = [next((r for r in order[unit] if not r.known), None) for unit in Count]

    def top(unit: Count, caption: str) -> str:
        rows = [
            (
                cell(row.value),
                _about(about.get(row.key)),
                *(_amount(by_key.get((every, row.key))) for every in Count),
            )
            for row in [row for row in order[unit] if row.known][:_TOP]
        ]
        rows.append((UNATTRIBUTED, "", *map(_amount, nobody)))
        heads = ("Speaker", "Who", "Articles", "Quotations", "Words")
        return table(heads, rows, caption=caption, text=(0, 1))

    ten = sum(row.share for row in known[:10])
    often = [row for row in found if row.key and row.articles > 1]
    lead = (
        f"The ten speakers who are given most room have {percent(ten)} of all quoted words. "
        f"{count(len(often), 'speaker')} of {len(known):,} "
        f"{'is' if len(often) == 1 else 'are'} heard in more than one article."
    )
    caption = "Share of all quoted words, with 95 % intervals"
    drawn = figure(share_of_voice(voiced, Count.WORDS, top=10, title=""), caption, "voice")
    often_told = (
        "Heard in the most articles. Each speaker counts once an article, as the BBC’s 50:50 "
        "project counts; then quotations, then words, each with its share of all."
    )
    body = top(Count.SOURCES, often_told) + (
        "<details><summary>The same for those who are given the most words</summary>"
        f"{top(Count.WORDS, 'Given the most words.')}</details>\n"
    )
    care = (
        "A long interview can put somebody on top: compare the columns, and look at how many "
        "articles stand behind a name before saying that somebody dominates.",
        "People are joined across articles only where name, role and context make it safe; the "
        "same person can still stand here twice, under two spellings.",
    )
    return Section("heard", "Who is heard", lead, drawn, body, (voiced, found), care)


def _about(profile: Profile | None) -> str:
    if profile is None:
        return ""
    role = profile.roles[0] if profile.roles else (profile.kind or "")
    return cell(role)


def _amount(row: Share | None) -> str:
    return "–" if row is None else f"{row.count:,} <small>{percent(row.share)}</small>"


def kinds(collection: Collection) -> Section:
    """Say what kinds of sources speak: named, unnamed, institutional."""
    found = sources(collection)
    by_kind = {(row.value, row.counted): row for row in found}
    unknown = {row.counted: row for row in found if not row.known}
    rows = [
        (
            f"{name} <small>{meaning}</small>",
            *(_amount(by_kind.get((kind.value, unit))) for unit in Count),
        )
        for kind, (name, meaning) in _KINDS.items()
    ]
    rows.append((UNATTRIBUTED, *(_amount(unknown.get(unit)) for unit in Count)))
    named = by_kind.get((SourceType.NAMED.value, Count.SOURCES))
    veiled = [by_kind.get((k.value, Count.SOURCES)) for k in (SourceType.UNNAMED, SourceType.GROUP)]
    lead = "No source was found."
    if named is not None:
        lead = (
            f"Of the sources, {percent(named.share)} are people with a name "
            f"({interval(named.low, named.high)}). People without one, alone or in groups, are "
            f"{percent(sum(row.share for row in veiled if row))}."
        )
    caption = "Share of sources, each counted once an article, with 95 % intervals"
    drawn = figure(share_of_voice(found, Count.SOURCES, title=""), caption, "kinds")
    body = table(("Kind", "Sources", "Quotations", "Words"), rows)
    care = (
        "An unnamed source need not be an anonymous one: “the driver” may simply be of no "
        "further interest. Read a sample before writing of anonymity.",
    )
    return Section(
        "kinds", "Named, unnamed and institutional sources", lead, drawn, body, (found,), care
    )


def diverse(collection: Collection) -> Section:
    """Say how many voices there are in effect."""
    found = diversity(collection)
    rows = [(_COUNTED[unit], *_indices(found, unit)) for unit in Count]
    first = next((r for r in found if r.counted is Count.QUOTES and r.index is Index.HILL_1), None)
    lead = "No speaker was found."
    if first is not None:
        lead = (
            f"{first.speakers:,} different speakers were found. Weighed by how often they are "
            f"quoted, they are as diverse as {first.estimate:,.0f} speakers who are all quoted "
            f"alike. What they say makes up an estimated {percent(first.coverage)} of what is said "
            "in articles such as these; the rest is said by speakers whom these articles miss."
        )
    body = table(
        (
            "Counted by",
            "Speakers",
            "Effective number",
            "… of the most heard",
            "… of those in all such articles",
            "95 % interval",
            "Gini",
        ),
        rows,
        caption="Effective number: so many speakers, all heard alike, would be as diverse (Hill "
        "number of order 1). Of the most heard: the same with more weight on them (order 2), here "
        "and as estimated for all articles of the sort. Gini: 0 when all are heard alike, near 1 "
        "when one is heard alone.",
    )
    care = (
        "More articles bring more speakers. Compare these numbers between outlets or years only "
        "for collections of about the same size, or by the estimate for all such articles.",
    )
    return Section("diversity", "How diverse the voices are", lead, "", body, (found,), care)


def _indices(found: Table[Diversity], unit: Count) -> tuple[str, ...]:
    own = {row.index: row for row in found if row.counted is unit}
    if not own:
        return ("–",) * 6
    second = own[Index.HILL_2]
    bounds = "–"
    if second.low is not None and second.high is not None:
        bounds = f"{second.low:,.0f}–{second.high:,.0f}"
    return (
        f"{second.speakers:,}",
        f"{own[Index.HILL_1].estimate:,.0f}",
        f"{second.estimate:,.0f}",
        "–" if second.corrected is None else f"{second.corrected:,.0f}",
        bounds,
        f"{own[Index.GINI].estimate:.2f}",
    )


def genders(collection: Collection) -> Section:
    """Say how large the share of women is, at least and at most."""
    found = gender(collection)
    rows = [
        (
            f"{cell(row.gender)}, {_COUNTED[row.counted]}",
            f"{row.count:,}",
            percent(row.share),
            interval(row.low, row.high),
            interval(row.lower_bound, row.upper_bound),
            percent(row.known_share),
            interval(row.known_low, row.known_high),
        )
        for row in found
    ]
    women = next((r for r in found if r.gender == "women" and r.counted is Count.SOURCES), None)
    if women is None:
        return Section("gender", "Women and men", "No person was found to speak.", tables=(found,))
    lead = (
        f"Among the people who speak, at least {percent(women.lower_bound)} and at most "
        f"{percent(women.upper_bound)} of the sources are women: of the others the text does not "
        f"tell. Of those whose gender the text tells, {percent(women.known_share)} are women "
        f"({interval(women.known_low, women.known_high)})."
    )
    caption = "Women and men among the people who speak; grey: the text does not tell"
    drawn = figure(gender_balance(found, title=""), caption, "gender")
    heads = ("", "Number", "Share", "95 % interval", "At least–at most")
    body = table((*heads, "Of the known", "95 % interval"), rows)
    care = (
        "Gender is taken from the text’s own pronouns and titles (“she”, “Mr”) or from an "
        "authority file, never guessed from names. So the unknown share is large.",
        "The share among the known is that of all only if the text tells women’s and men’s gender "
        "equally often. The bounds hold without that assumption.",
    )
    return Section("gender", "Women and men", lead, drawn, body, (found,), care)


def headline(collection: Collection, models: Counter[str]) -> str:
    """Return the large figures at the top of the page."""
    quotes = collection.utterances
    voices = len({u.voice.key for u in quotes if u.voice is not None})
    named = next(
        (
            row
            for row in sources(collection, counted=[Count.SOURCES])
            if row.value == SourceType.NAMED.value
        ),
        None,
    )
    women = next(
        (row for row in gender(collection, counted=[Count.SOURCES]) if row.gender == "women"), None
    )
    items = [
        fact(f"{len(collection.articles):,}", "articles"),
        fact(f"{len(quotes):,}", "quotations"),
        fact(f"{voices:,}", "different speakers"),
    ]
    if named is not None:
        bounds = f"95 %: {interval(named.low, named.high)}"
        items.append(fact(percent(named.share), "of sources are named people", bounds))
    if women is not None and women.known_share is not None:
        bounds = f"of all: {interval(women.lower_bound, women.upper_bound)}"
        items.append(fact(percent(women.known_share), "women, where the text tells", bounds))
    items.append(fact(percent(unattributed(collection)), "of quotations not attributed"))
    return facts(items)
