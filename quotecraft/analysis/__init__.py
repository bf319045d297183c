"""Who is heard, how much, how, and about what: plain documents in, small typed tables out.

=====================================================  ================================
Question                                               Function
=====================================================  ================================
Who speaks, how much and in which way?                 ``profiles``
Whose voice fills the articles?                        ``shares``
Are sources named, unnamed, institutions?              ``sources``
How many voices are there in effect, how even?         ``diversity``
How large is the share of women?                       ``gender``
Who "claims" and who "says"?                           ``verbs``, ``stances``
What does one talk about and another doesn't?          ``distinctive_words``
Who quotes, addresses, speaks about whom?              ``network``
Who is heard at the top, who at the end?               ``positions``
What changes over time, and does it rise or fall?      ``change``, ``trends``
How do two outlets differ?                             ``compare``
=====================================================  ================================

Choices that hold for all (levels, confidence, who is who across articles) are made once, by
``collect``; every function takes documents or what it gives. ``by=`` names a column: see
``columns.column``. A table goes on to data frames (Arrow), notebooks, CSV and text.

>>> from quotecraft.analysis import collect, profiles
>>> table = profiles(collect([document], min_confidence=0.5))  # doctest: +SKIP
>>> table[0].name, table[0].quotes  # doctest: +SKIP
('Ana Ruiz', 2)

Articles are the unit of every interval and test, never quotations. Profiles need nothing but
quotecraft; statistics need SciPy and graphs networkx: ``pip install 'quotecraft[analysis]'``.
"""

from __future__ import annotations

from quotecraft.analysis.change import Period, Trend, change, trends
from quotecraft.analysis.collection import Article, Collection, Utterance, collect
from quotecraft.analysis.columns import COLUMNS, NO_VALUE, UNATTRIBUTED, role_groups
from quotecraft.analysis.compare import Difference, compare
from quotecraft.analysis.counts import ALL_COUNTS, Count
from quotecraft.analysis.diversity import Diversity, Index, diversity
from quotecraft.analysis.gender import GenderShare, gender
from quotecraft.analysis.gender_signs import Ground, gender_of
from quotecraft.analysis.indices import chao2, gini, hill, shannon, simpson
from quotecraft.analysis.misclassification import ErrorRates, rogan_gladen
from quotecraft.analysis.network import Edge, Network, Relation, network
from quotecraft.analysis.positions import Position, positions
from quotecraft.analysis.profiles import Profile, profiles
from quotecraft.analysis.shares import Share, shares, sources
from quotecraft.analysis.table import Shown, Table, Tally
from quotecraft.analysis.verbs import Odds, stances, verbs
from quotecraft.analysis.voice import PersonLike, SourceType, Voice
from quotecraft.analysis.words import DistinctiveWord, distinctive_words, log_odds

__all__ = [
    "ALL_COUNTS",
    "COLUMNS",
    "NO_VALUE",
    "UNATTRIBUTED",
    "Article",
    "Collection",
    "Count",
    "Difference",
    "DistinctiveWord",
    "Diversity",
    "Edge",
    "ErrorRates",
    "GenderShare",
    "Ground",
    "Index",
    "Network",
    "Odds",
    "Period",
    "PersonLike",
    "Position",
    "Profile",
    "Relation",
    "Share",
    "Shown",
    "SourceType",
    "Table",
    "Tally",
    "Trend",
    "Utterance",
    "Voice",
    "change",
    "chao2",
    "collect",
    "compare",
    "distinctive_words",
    "diversity",
    "gender",
    "gender_of",
    "gini",
    "hill",
    "log_odds",
    "network",
    "positions",
    "profiles",
    "rogan_gladen",
    "role_groups",
    "shannon",
    "shares",
    "simpson",
    "sources",
    "stances",
    "trends",
    "verbs",
]
