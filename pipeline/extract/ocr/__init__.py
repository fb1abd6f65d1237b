"""Scanned pages, by character recognition."""
