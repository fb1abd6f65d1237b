"""Measuring the anonymisation: how much it catches and keeps, and how long it takes."""
