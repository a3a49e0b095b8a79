"""Translating: what is out of step, and the exchange with those who translate."""
