"""Proof: what a printer without colours, and a copier after it, will make of a finished PDF."""
