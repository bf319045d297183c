"""Who says a quotation when it is given whom the text mentions, and where.

The mentions come from outside: from a corpus with coreference, from a person, or from another
program. Every piece of quotation gets a score for each member of the cast near it, every pair of
neighbours one for having the same speaker, every three one for taking turns; the most probable
speakers are those of the whole chain. The weights in ``data/cast.json`` are made by
``quotecraft train speakers``.
"""
