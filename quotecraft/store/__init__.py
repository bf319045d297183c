"""A store keeps documents in one file, finds what was said, and knows who is who across them.

>>> from quotecraft import Store
>>> with Store("articles.db") as store:
...     store.add(documents)
...     for hit in store.search("“clean water”", speaker="Ruiz", since="2024"):
...         print(hit.document, hit.speaker, hit.snippet().text)
"""

from __future__ import annotations

from quotecraft.store.authority import Authority, AuthorityRow, Problem, read_authority
from quotecraft.store.hits import Hit, Snippet
from quotecraft.store.linking import link_people
from quotecraft.store.people import Member, People, Person
from quotecraft.store.query import Order
from quotecraft.store.store import Store
from quotecraft.store.summary import StoreInfo
from quotecraft.store.writing import Added

__all__ = [
    "Added",
    "Authority",
    "AuthorityRow",
    "Hit",
    "Member",
    "Order",
    "People",
    "Person",
    "Problem",
    "Snippet",
    "Store",
    "StoreInfo",
    "link_people",
    "read_authority",
]
