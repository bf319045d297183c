"""Scoring: pairing, metrics, intervals and the data sets they are measured on."""
