"""Tests of quotecraft."""
