"""The attribution tagger: labelled articles in, a quantised network with its card out."""
