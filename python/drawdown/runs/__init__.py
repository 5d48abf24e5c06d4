"""Simulated histories and the numbers that come from them."""
