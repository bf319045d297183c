"""Sentences to content, cue and source spans with their links."""
