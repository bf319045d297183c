"""Shipped model files: found as package data and checked by hash before they load."""
