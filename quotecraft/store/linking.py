"""People across documents."""

from __future__ import annotations

from collections.abc import Iterable

from quotecraft.model import Document
from quotecraft.store.authority import Authority
from quotecraft.store.people import People
from quotecraft.store.profiles import Profile


def link_profiles(profiles: Iterable[Profile], authority: Authority | None = None) -> People:
    """Stub."""
    return People(())


def link_people(documents: Iterable[Document], authority: Authority | None = None) -> People:
    """Stub."""
    return People(())
