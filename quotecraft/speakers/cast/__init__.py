"""Who says a quotation when it is given whom the text mentions, and where.

The mentions come from outside: from a corpus with coreference, from a person, or from another
program. Every piece of quotation gets a score for each member of the cast near it, every pair of
neighbours one for having the same speaker, every three one for taking turns; the most probable
speakers are those of the whole chain. The weights in ``models/en/cast.json`` are made by
``quotecraft train speakers``.

A cast belongs to one text, so that a pipeline is made for each::

    pipe = quotecraft.load()
    document = attrs.evolve(pipe, resolver=CastResolver(cast))(text)

``cast`` is a sequence of ``Speaker`` with ``mentions``: made by hand, or ``speakers`` of a document
that ``quotecraft.formats.read`` or ``read_litbank(…, entities=True)`` gave.
"""

from quotecraft.speakers.cast.resolver import CastResolver

__all__ = ["CastResolver"]
